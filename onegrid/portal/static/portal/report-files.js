/**
 * The photos and recordings of a report: shown as they are chosen, sent piece by piece at once, each with its
 * progress. A form in which some are under way asks `filesOf(form)` when they are all there.
 *
 *   <div data-report-files data-address="/report/files/" data-most data-limit data-video-limit data-…words…>
 *     <div data-files-plain> <input type="file" name="photos" multiple> <input type="file" name="recordings" multiple> </div>
 *     <ul data-files-list> <li data-files-tool><label for>…</label></li> <li data-files-tool><button data-files-record="audio|video" data-seconds>…</button></li> </ul>
 *     <p data-files-said role="alert" hidden></p>
 *   </div>
 *
 * Without script the file inputs stay as they are, and the files come with the form.
 */
import { say } from "../core/live.js";
import { Refused, forget, send } from "./tus.js";

/** @typedef {{file: File, item: HTMLElement, stop: AbortController, url: string, id: string}} Sent */
/** @typedef {{files: () => {file: File, url: string}[], pending: () => boolean, whole: () => Promise<void>, add: (files: File[]) => void, clear: () => void}} Files */

/** @type {WeakMap<Element, Files>} by the list, which outlives the form that an answer replaces */
const known = new WeakMap();

/** What stands in a form's list of files. @param {HTMLFormElement} form */
export const filesOf = (form) => known.get(form.querySelector("[data-report-files]") ?? form);

/** @param {HTMLElement} root */
export function connect(root) {
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-files-list]"));
  const said = /** @type {HTMLElement} */ (root.querySelector("[data-files-said]"));
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input[type=file]"));
  const words = /** @type {Record<string, string>} */ (root.dataset);
  /** @type {Sent[]} */
  let all = [];
  /** @type {Promise<void>} */
  let line = Promise.resolve(); // one file at a time, so that the first is there soon

  function tell(/** @type {string[]} */ faults) {
    said.textContent = faults.join(" ");
    said.hidden = !faults.length;
  }

  function faultOf(/** @type {File} */ file) {
    if (!/^(image|audio|video)\//.test(file.type)) return words.other;
    const limit = Number(file.type.startsWith("video/") ? words.videoLimit : words.limit);
    return file.size > limit ? words.large.replace("%d", String(Math.floor(limit / 1048576))) : "";
  }

  function likeness(/** @type {File} */ file) {
    const kind = /** @type {"image" | "audio" | "video"} */ (file.type.split("/")[0]);
    const shown = /** @type {HTMLImageElement & HTMLMediaElement} */ (document.createElement(kind === "image" ? "img" : kind));
    shown.src = URL.createObjectURL(file);
    if (kind === "image") shown.alt = words.alt.replace("%s", file.name);
    else {
      shown.controls = true;
      shown.setAttribute("aria-label", file.name);
    }
    return shown;
  }

  function tile(/** @type {File} */ file, /** @type {() => void} */ remove) {
    const item = document.createElement("li");
    item.className = `po-shot rp-shot--${file.type.split("/")[0]}`;
    const state = Object.assign(document.createElement("span"), { className: "rp-state", textContent: words.here });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", words.progress.replace("%s", file.name));
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    button.setAttribute("aria-label", words.remove.replace("%s", file.name));
    button.addEventListener("click", remove);
    item.append(likeness(file), state, bar, button);
    return item;
  }

  async function deliver(/** @type {Sent} */ sent) {
    const { file, item, stop } = sent;
    const state = /** @type {HTMLElement} */ (item.querySelector(".rp-state"));
    const bar = /** @type {HTMLProgressElement} */ (item.querySelector("progress"));
    try {
      sent.id = await send(file, words.address, {
        signal: stop.signal,
        begun: (url) => Object.assign(sent, { url }),
        waiting: () => (state.textContent = words.waiting),
        progress: (done, whole) => {
          bar.value = done / whole;
          state.textContent = `${Math.floor((100 * done) / whole)} %`;
        },
      });
      bar.remove();
      state.textContent = words.sent;
      item.append(Object.assign(document.createElement("input"), { type: "hidden", name: "uploads", value: sent.id }));
      say(words.announced.replace("%s", file.name));
    } catch (error) {
      if (stop.signal.aborted) return;
      take(sent);
      tell([`${file.name}: ${error instanceof Refused ? error.message : words.failed}`]);
    }
  }

  function take(/** @type {Sent} */ sent) {
    sent.stop.abort();
    sent.item.remove();
    all = all.filter((other) => other !== sent);
    root.classList.toggle("is-full", all.length >= Number(words.most));
  }

  function put(/** @type {File} */ file) {
    const stop = new AbortController();
    const sent = /** @type {Sent} */ ({ file, stop, url: "", id: "" });
    sent.item = tile(file, () => {
      take(sent);
      tell([]);
      if (sent.url) forget(sent.url);
      /** @type {HTMLElement | null} */ (list.querySelector("button, label"))?.focus();
    });
    list.insertBefore(sent.item, list.querySelector("[data-files-tool]"));
    all.push(sent);
    line = line.then(() => (stop.signal.aborted ? undefined : deliver(sent)));
  }

  function add(/** @type {File[]} */ files) {
    const fresh = files.filter((file) => !all.some(({ file: f }) => f.name === file.name && f.size === file.size && f.lastModified === file.lastModified));
    const faults = fresh.filter(faultOf).map((file) => `${file.name}: ${faultOf(file)}`);
    const good = fresh.filter((file) => !faultOf(file));
    const room = Number(words.most) - all.length;
    if (good.length > room) faults.push(words.many);
    for (const file of good.slice(0, room)) put(file);
    tell(faults);
    root.classList.toggle("is-full", all.length >= Number(words.most));
  }

  function chosen(/** @type {Event} */ event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    add([...(input.files ?? [])]);
    input.value = ""; // they go their own way, and not once more with the form
  }

  async function recorded(/** @type {HTMLElement} */ button) {
    const { startRecording } = await import("./recording.js");
    await startRecording(button, words, (file) => add([file]), (fault) => tell([fault]));
  }

  const buttons = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-files-record]"));
  const clear = () => [...all].forEach(take);
  // Chromium draws no buttons on a player that was moved, as the form's answer moves these.
  const redraw = () => {
    for (const { item } of all) {
      const player = item.querySelector("audio, video");
      player?.toggleAttribute("controls");
      player?.toggleAttribute("controls");
    }
  };
  const files = () => all.map(({ file, url }) => ({ file, url }));
  const pending = () => all.some(({ id }) => !id);
  known.set(root, { files, pending, whole: () => line.then(() => (pending() ? line : undefined)), add, clear });
  for (const input of inputs) input.addEventListener("change", chosen);
  for (const button of buttons) button.addEventListener("click", () => recorded(button));
  document.addEventListener("htmx:afterSettle", redraw);
  root.classList.add("is-scripted");
  for (const input of inputs) add([...(input.files ?? [])]);
  return () => {
    document.removeEventListener("htmx:afterSettle", redraw);
    clear();
  };
}
