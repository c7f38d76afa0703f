/**
 * Closes an open menu on Escape, on a click outside, and when focus leaves it.
 *
 *   <details class="og-menu" data-menu><summary>…</summary><div class="og-menu__p">…</div></details>
 */

/** @param {HTMLDetailsElement} menu */
export function connect(menu) {
  const leave = (/** @type {Event} */ event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  };
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  };
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  menu.addEventListener("keydown", escape);
  return () => {
    document.removeEventListener("click", leave);
    document.removeEventListener("focusin", leave);
    menu.removeEventListener("keydown", escape);
  };
}
