/** What a button that records shows and does: start, seconds going by, a picture of what is filmed, stop. */
import { say } from "../core/live.js";
import { canRecord, record } from "./recorder.js";

const clock = (/** @type {number} */ seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** @type {WeakMap<HTMLElement, () => void>} */
const running = new WeakMap();

/**
 * Start recording, or end it where the button has started it before.
 *
 * @param {HTMLElement} button @param {Record<string, string>} words
 * @param {(file: File) => void} take @param {(fault: string) => void} fail
 */
export async function startRecording(button, words, take, fail) {
  const stopNow = running.get(button);
  if (stopNow) return stopNow();
  const kind = button.dataset.filesRecord === "video" ? "video" : "audio";
  const seconds = Number(button.dataset.seconds);
  if (!canRecord(kind)) return fail(words.cannot);
  running.set(button, () => {});
  const text = /** @type {HTMLElement} */ (button.querySelector("span"));
  const label = text.textContent;
  const view = document.createElement("video");
  let timer;
  try {
    const { stop, stream, done } = await record(kind, seconds, button.dataset.name ?? kind);
    running.set(button, stop);
    button.classList.add("is-recording");
    say(words.recording);
    if (kind === "video") {
      Object.assign(view, { className: "rp-view", muted: true, playsInline: true, srcObject: stream });
      button.closest("li")?.before(view);
      view.play().catch(() => {});
    }
    const started = Date.now();
    const tick = () => (text.textContent = `${words.stop} ${clock(Math.floor((Date.now() - started) / 1000))}`);
    tick();
    timer = setInterval(tick, 500);
    take(await done);
  } catch {
    fail(words.denied);
  } finally {
    clearInterval(timer);
    view.remove();
    running.delete(button);
    button.classList.remove("is-recording");
    text.textContent = label;
  }
}
