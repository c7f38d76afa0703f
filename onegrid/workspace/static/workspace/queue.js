/**
 * Reading a work list without leaving it: J and K walk, ↵ opens, Esc clears; the chosen case shows beside the list.
 *
 *   <section data-queue><table><tr data-preview="/cases/OG-…/preview/"><td><a class="q-t" href="…">…</a></td></tr></table></section>
 *   <aside id="preview"></aside>
 *
 * Where the preview has no room (below 1280 px) nothing is fetched, and the row's link is the way in. Rows may come in
 * while the list is read; the chosen one stays chosen.
 */
import { bindKeys } from "../core/keys.js";

/** @param {HTMLElement} section */
export function connect(section) {
  const rows = () => /** @type {HTMLElement[]} */ ([...section.querySelectorAll("tr[data-preview]")]);
  const pane = document.getElementById("preview");
  /** @type {HTMLElement | undefined} */
  let chosen;

  const clear = () => {
    chosen?.classList.remove("is-open");
    chosen?.removeAttribute("aria-current");
    chosen = undefined;
  };
  const show = (/** @type {HTMLElement | undefined} */ row, /** @type {boolean} */ focus) => {
    if (!row) return;
    clear();
    chosen = row;
    row.classList.add("is-open");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    if (focus) /** @type {HTMLElement | null} */ (row.querySelector("a.q-t"))?.focus({ preventScroll: true });
    if (pane?.checkVisibility()) window.htmx.ajax("GET", row.dataset.preview ?? "", { target: pane, swap: "innerHTML" });
  };
  const step = (/** @type {number} */ by) => show(rows()[(chosen ? rows().indexOf(chosen) : -1) + by], true);
  const open = () => /** @type {HTMLElement | null} */ (chosen?.querySelector("a.q-t"))?.click();
  const choose = (/** @type {Event} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest("tr[data-preview]"));
    if (row && !target.closest("a, button, input")) show(row, false);
  };
  const unbind = bindKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: open,
    Escape: clear,
  });
  section.addEventListener("click", choose);
  if (pane?.checkVisibility()) show(rows()[0], false);
  return () => {
    unbind();
    section.removeEventListener("click", choose);
  };
}
