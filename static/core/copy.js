/**
 * Copies a text: `data-copy` names the element that holds it, `data-copied` is what to say afterwards.
 *
 *   <code id="key">…</code> <button type="button" data-copy="#key" data-copied="Copied">Copy</button>
 *
 * Where the browser gives no clipboard (plain http), the text is selected instead, ready for Ctrl-C.
 */
import { say } from "./live.js";

/** @param {Element} source */
function select(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}

/** @param {HTMLElement} button */
export function connect(button) {
  const copy = async () => {
    const source = document.querySelector(button.dataset.copy ?? "");
    if (!source) return;
    if (!navigator.clipboard) return select(source);
    await navigator.clipboard.writeText((source.textContent ?? "").trim());
    button.textContent = button.dataset.copied ?? button.textContent;
    say(button.dataset.copied ?? "");
  };
  button.addEventListener("click", copy);
  return () => button.removeEventListener("click", copy);
}
