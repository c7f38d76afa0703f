/**
 * Reading a work list without leaving it: J and K walk, ↵ opens, Esc clears; the chosen case shows beside the list.
 *
 *   <section data-queue><table><tr data-preview="/cases/OG-…/preview/"><td><a class="q-t" href="…">…</a></td></tr></table></section>
 *   <aside id="preview"></aside>
 *
 * Where the preview has no room (below 1280 px) nothing is fetched, and the row's link is the way in.
 */
import { bindKeys } from "../core/keys.js";

/** @param {HTMLElement} section */
export function connect(section) {
  const rows = /** @type {HTMLElement[]} */ ([...section.querySelectorAll("tr[data-preview]")]);
  const pane = document.getElementById("preview");
  let at = -1;

  const show = (/** @type {number} */ index, /** @type {boolean} */ focus) => {
    if (index < 0 || index >= rows.length) return;
    rows[at]?.classList.remove("is-open");
    rows[at]?.removeAttribute("aria-current");
    at = index;
    rows[at].classList.add("is-open");
    rows[at].setAttribute("aria-current", "true");
    rows[at].scrollIntoView({ block: "nearest" });
    if (focus) /** @type {HTMLElement | null} */ (rows[at].querySelector("a.q-t"))?.focus({ preventScroll: true });
    if (pane?.checkVisibility()) window.htmx.ajax("GET", rows[at].dataset.preview ?? "", { target: pane, swap: "innerHTML" });
  };
  const clear = () => {
    rows[at]?.classList.remove("is-open");
    rows[at]?.removeAttribute("aria-current");
    at = -1;
  };
  const open = () => /** @type {HTMLElement | null} */ (rows[at]?.querySelector("a.q-t"))?.click();
  const choose = (/** @type {Event} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest("tr[data-preview]"));
    if (row && !target.closest("a, button, input")) show(rows.indexOf(row), false);
  };
  const unbind = bindKeys({
    j: () => show(at + 1, true),
    k: () => show(at - 1, true),
    Enter: open,
    Escape: clear,
  });
  section.addEventListener("click", choose);
  if (pane?.checkVisibility()) show(0, false);
  return () => {
    unbind();
    section.removeEventListener("click", choose);
  };
}
