/**
 * Boxes to cover in a photo, drawn with mouse, finger or keyboard; each is a row of four numbers in percent, too.
 *
 *   <div data-photo-covers data-box="Box {n}: …"><svg viewBox="0 0 w h"></svg>
 *     <p data-with-script hidden><button data-add></button></p>
 *     <div data-rows><div data-row><input name="left">… ×4<button data-remove hidden></button></div></div></div>
 *
 * Without script the rows are filled in by hand; the server reads nothing but them.
 */

const SIDES = ["left", "top", "width", "height"];
const LEAST = 1; // percent
const STEP = 1;
const NEW = { left: 40, top: 40, width: 20, height: 20 };
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/** @param {HTMLElement} element */
export function connect(element) {
  const svg = element.querySelector("svg.pc-s");
  const rows = /** @type {HTMLElement | null} */ (element.querySelector("[data-rows]"));
  const tools = /** @type {HTMLElement | null} */ (element.querySelector("[data-with-script]"));
  const pattern = /** @type {HTMLElement | null} */ (rows?.querySelector("[data-row]")?.cloneNode(true) ?? null);
  if (!(svg instanceof SVGSVGElement) || !rows || !tools || !pattern) return undefined;
  const { width: wide, height: high } = svg.viewBox.baseVal;
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  /** @type {Map<HTMLElement, SVGRectElement>} */
  const drawn = new Map();
  let count = 0;

  const inputs = (/** @type {HTMLElement} */ row) => SIDES.map((side) => /** @type {HTMLInputElement} */ (row.querySelector(`[name="${side}"]`)));
  const read = (/** @type {HTMLElement} */ row) => {
    const numbers = inputs(row).map((input) => (input.value.trim() ? Number(input.value.replace(",", ".")) : NaN));
    return numbers.every(Number.isFinite) ? { left: numbers[0], top: numbers[1], width: numbers[2], height: numbers[3] } : null;
  };
  const show = (/** @type {HTMLElement} */ row) => {
    const box = read(row);
    const rect = drawn.get(row);
    rect?.parentElement?.toggleAttribute("hidden", !box);
    if (!box || !rect) return;
    rect.setAttribute("x", String((box.left * wide) / 100));
    rect.setAttribute("y", String((box.top * high) / 100));
    rect.setAttribute("width", String((Math.max(box.width, 0) * wide) / 100));
    rect.setAttribute("height", String((Math.max(box.height, 0) * high) / 100));
  };
  const write = (/** @type {HTMLElement} */ row, /** @type {Box} */ box) => {
    const width = Math.min(Math.max(box.width, LEAST), 100);
    const height = Math.min(Math.max(box.height, LEAST), 100);
    const left = Math.min(Math.max(box.left, 0), 100 - width);
    const top = Math.min(Math.max(box.top, 0), 100 - height);
    [left, top, width, height].forEach((number, at) => { inputs(row)[at].value = String(Math.round(number * 10) / 10); });
    show(row);
  };
  const remove = (/** @type {HTMLElement} */ row) => {
    drawn.get(row)?.parentElement?.remove();
    drawn.delete(row);
    row.remove();
    /** @type {HTMLElement | null} */ (tools.querySelector("[data-add]"))?.focus();
  };
  const press = (/** @type {KeyboardEvent} */ event, /** @type {HTMLElement} */ row) => {
    const box = read(row);
    const across = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key] ?? 0;
    const down = { ArrowUp: -STEP, ArrowDown: STEP }[event.key] ?? 0;
    if (event.key === "Delete" || event.key === "Backspace") remove(row);
    else if (!box || (!across && !down)) return;
    else if (event.shiftKey) write(row, { ...box, width: box.width + across, height: box.height + down });
    else write(row, { ...box, left: box.left + across, top: box.top + down });
    event.preventDefault();
  };
  const adopt = (/** @type {HTMLElement} */ row) => {
    count += 1;
    const group = document.createElementNS(SVG, "g");
    const rect = document.createElementNS(SVG, "rect");
    group.setAttribute("class", "pc-b pc-b--new");
    rect.setAttribute("tabindex", "0");
    rect.setAttribute("role", "button");
    rect.setAttribute("aria-label", (element.dataset.box ?? "{n}").replace("{n}", String(count)));
    group.append(rect);
    svg.append(group);
    drawn.set(row, rect);
    const button = /** @type {HTMLElement | null} */ (row.querySelector("[data-remove]"));
    if (button) button.hidden = false;
    button?.addEventListener("click", () => remove(row), listening);
    row.addEventListener("input", () => show(row), listening);
    rect.addEventListener("keydown", (event) => press(event, row), listening);
    show(row);
    return rect;
  };
  const add = (/** @type {Box} */ box) => {
    const row = /** @type {HTMLElement} */ (pattern.cloneNode(true));
    rows.append(row);
    const rect = adopt(row);
    write(row, box);
    return { row, rect };
  };
  const at = (/** @type {PointerEvent} */ event) => {
    const area = svg.getBoundingClientRect();
    return { x: ((event.clientX - area.left) / area.width) * 100, y: ((event.clientY - area.top) / area.height) * 100 };
  };

  const grasp = (/** @type {PointerEvent} */ event) => {
    if (event.button) return;
    event.preventDefault();
    const from = at(event);
    const held = [...drawn].find(([, rect]) => rect === event.target);
    const before = held ? read(held[0]) : null;
    const { row, rect } = held && before ? { row: held[0], rect: held[1] } : add({ left: from.x, top: from.y, width: LEAST, height: LEAST });
    const move = (/** @type {PointerEvent} */ next) => {
      const to = at(next);
      if (before) write(row, { ...before, left: before.left + to.x - from.x, top: before.top + to.y - from.y });
      else write(row, { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
    };
    const release = () => {
      svg.removeEventListener("pointermove", move);
      const box = read(row);
      if (!before && box && box.width <= LEAST && box.height <= LEAST) remove(row); // a tap and not a box
      else rect.focus();
    };
    svg.setPointerCapture(event.pointerId);
    svg.addEventListener("pointermove", move, listening);
    svg.addEventListener("pointerup", release, { once: true, signal: stop.signal });
    svg.addEventListener("pointercancel", release, { once: true, signal: stop.signal });
  };

  for (const row of /** @type {NodeListOf<HTMLElement>} */ (rows.querySelectorAll("[data-row]"))) {
    if (read(row)) adopt(row);
    else row.remove();
  }
  for (const input of inputs(pattern)) input.setAttribute("value", "");
  tools.hidden = false;
  element.classList.add("is-drawing");
  svg.addEventListener("pointerdown", grasp, listening);
  tools.querySelector("[data-add]")?.addEventListener("click", () => add(NEW).rect.focus(), listening);
  return () => stop.abort();
}
