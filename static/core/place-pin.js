/** What both maps of the place picker share: the pin, and how the arrow keys move it. */

/** @typedef {{lon: number, lat: number}} Place */
/** @typedef {{show: (place: Place, accuracy: number, code: string) => void, remove: () => void}} Canvas */

const SVG = "http://www.w3.org/2000/svg";
const STEP = 4; // pixels of one key; with shift five times as many
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/** @param {string} name @param {Record<string, string | number>} attributes */
export function svg(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** A pin that can hold the focus; its tip is the middle of its lower edge. @param {string} label */
export function makePin(label) {
  const pin = document.createElement("button");
  pin.type = "button";
  pin.className = "pp-pin";
  pin.setAttribute("aria-label", label);
  const drawing = svg("svg", { viewBox: "0 0 30 40", "aria-hidden": "true" });
  drawing.append(
    svg("path", { class: "m-pin", d: "M15 38C11 28 3 22 3 14a12 12 0 0 1 24 0c0 8-8 14-12 24z" }),
    svg("circle", { class: "pp-pin__eye", cx: 15, cy: 14, r: 4.5 }),
  );
  pin.append(drawing);
  return pin;
}

/** Return how many pixels a key moves the pin, or nothing for another key. @param {KeyboardEvent} event */
export function stepOf(event) {
  const direction = ARROWS[event.key];
  if (!direction) return undefined;
  event.preventDefault();
  event.stopPropagation();
  const pixels = event.shiftKey ? STEP * 5 : STEP;
  return { x: direction[0] * pixels, y: direction[1] * pixels };
}
