/**
 * Shows whom to call as soon as what somebody writes speaks of danger. Nothing leaves the device for it.
 *
 *   <div data-danger-words="id_text" data-words="fire|…" data-harmless="fire door|…" role="alert" hidden>…</div>
 */

/** @param {HTMLElement} root */
export function connect(root) {
  const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(root.dataset.dangerWords ?? ""));
  const words = new RegExp(root.dataset.words ?? "");
  const harmless = new RegExp(root.dataset.harmless ?? "", "g");

  function look() {
    root.hidden = !words.test((field?.value ?? "").toLowerCase().replace(harmless, " "));
  }

  field?.addEventListener("input", look);
  look();
  return () => field?.removeEventListener("input", look);
}
