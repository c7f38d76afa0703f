/**
 * Points out, while somebody writes, what they may not want to say of a person. Nothing leaves the device for it.
 *
 *   <p data-personal-hints="id_text id_address" data-identity="…" data-mobile="…" data-… data-intro="…" role="status" hidden></p>
 */
import { personal } from "./personal.js";

const PATIENCE = 600; // ms after the last key

/** @param {HTMLElement} root */
export function connect(root) {
  const words = /** @type {Record<string, string>} */ (root.dataset);
  const fields = words.personalHints.split(" ").map((id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id)));
  /** @type {number | undefined} */
  let timer;

  function look() {
    const found = fields.flatMap((field) => personal(field?.value ?? ""));
    const said = found.map(({ kind, words: seen }) => words[kind].replace("%s", seen));
    const text = said.length ? `${words.intro} ${said.join(" · ")}` : "";
    if (root.textContent !== text) root.textContent = text;
    root.hidden = !text;
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PATIENCE);
  };
  for (const field of fields) field?.addEventListener("input", soon);
  look();
  return () => {
    clearTimeout(timer);
    for (const field of fields) field?.removeEventListener("input", soon);
  };
}
