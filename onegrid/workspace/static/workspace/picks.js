/**
 * Picking rows of a work list: X, the boxes, shift-click for a range, all on the page; the bar says what would be done.
 *
 *   <section data-picks>
 *     <table><thead>… <input type="checkbox" data-pick-all></thead>
 *       <tbody><tr data-steps="accept"><td><input type="checkbox" name="case" form="bulk"></td></tr></tbody></table>
 *     <form id="bulk" class="q-bulk" data-text="{n} picked" data-rest="The other {n} …"><b data-picked></b>
 *       <button name="action" value="accept" data-act="t">Accept<span data-n></span>…</button><p data-left></p>
 *       <input type="checkbox" name="whole" data-whole="All of the list picked"></form>
 *   </section>
 *
 * The bar shows by CSS as soon as a box is ticked and is a plain form; this only counts, and lends it keys.
 */
import { bindKeys } from "../core/keys.js";
import { say } from "../core/live.js";

/** @param {HTMLElement} section */
export function connect(section) {
  const bar = /** @type {HTMLFormElement | null} */ (section.querySelector("#bulk"));
  const all = /** @type {HTMLInputElement | null} */ (section.querySelector("[data-pick-all]"));
  const whole = /** @type {HTMLInputElement | null} */ (section.querySelector("[data-whole]"));
  if (!bar) return undefined;
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll("tbody .c-x input")]);
  const buttons = /** @type {HTMLButtonElement[]} */ ([...bar.querySelectorAll("[data-act]")]);
  /** @type {HTMLInputElement | undefined} */
  let last;
  let unbind = () => {};

  /** @param {string} selector @param {string} text */
  const write = (selector, text) => {
    const element = bar.querySelector(selector);
    if (element) element.textContent = text;
  };

  const lend = (/** @type {boolean} */ isPicking) => {
    unbind();
    unbind = () => {};
    if (!isPicking) return;
    const keys = buttons.filter((button) => button.dataset.act && !button.disabled);
    const table = keys.map((button) => [button.dataset.act, () => button.click()]);
    unbind = bindKeys({ ...Object.fromEntries(table), Escape: clear });
  };

  function tell() {
    const picked = boxes().filter((box) => box.checked);
    const isWhole = Boolean(whole?.checked);
    for (const box of boxes()) box.closest("tr")?.classList.toggle("is-picked", box.checked || isWhole);
    const counts = buttons.map((button) => {
      const can = picked.filter((box) => (box.closest("tr")?.dataset.steps ?? "").split(" ").includes(button.value)).length;
      button.disabled = !isWhole && can === 0;
      const place = button.querySelector("[data-n]");
      if (place) place.textContent = isWhole || !can ? "" : ` ${can}`;
      return can;
    });
    const most = Math.max(0, ...counts);
    buttons.forEach((button, index) => button.classList.toggle("og-btn--main", most > 0 && counts[index] === most));
    const each = (bar?.dataset.text ?? "").replace("{n}", String(picked.length));
    write("[data-picked]", (isWhole && whole?.dataset.whole) || each);
    const rest = isWhole ? 0 : picked.length - most;
    write("[data-left]", rest > 0 ? (bar?.dataset.rest ?? "").replace("{n}", String(rest)) : "");
    if (all) {
      all.checked = picked.length > 0 && picked.length === boxes().length;
      all.indeterminate = picked.length > 0 && !all.checked;
    }
    lend(picked.length > 0 || isWhole);
  }

  function clear() {
    for (const box of boxes()) box.checked = false;
    if (whole) whole.checked = false;
    tell();
  }

  const pick = () => {
    const row = section.querySelector("tr.is-open") ?? document.activeElement?.closest("tr[data-steps]");
    const box = /** @type {HTMLInputElement | null | undefined} */ (row?.querySelector(".c-x input"));
    if (!box) return;
    box.checked = !box.checked;
    last = box;
    tell();
    say(bar.querySelector("[data-picked]")?.textContent ?? "");
  };

  const click = (/** @type {MouseEvent} */ event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (box === all) {
      for (const other of boxes()) other.checked = all.checked;
    } else if (boxes().includes(box)) {
      const list = boxes();
      const [from, to] = [list.indexOf(last ?? box), list.indexOf(box)].sort((a, b) => a - b);
      if (event.shiftKey && from >= 0) for (const other of list.slice(from, to + 1)) other.checked = box.checked;
      last = box;
    } else if (box !== whole) return;
    tell();
  };
  const reset = () => setTimeout(tell);

  const unbindPick = bindKeys({ x: pick });
  section.addEventListener("click", click);
  bar.addEventListener("reset", reset);
  window.addEventListener("pageshow", tell); // the browser may have kept what was ticked
  tell();
  return () => {
    unbind();
    unbindPick();
    section.removeEventListener("click", click);
    bar.removeEventListener("reset", reset);
    window.removeEventListener("pageshow", tell);
  };
}
