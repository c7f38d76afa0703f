/** The place picker where no map can be drawn (no WebGL): the communities as a plan in SVG, with the same pin. */
import { makePin, stepOf, svg } from "./place-pin.js";

const SIZE = 1000; // units of the plan along its longer side
const CLOSER = 2; // how much a step of the zoom brings
const CLOSEST = 32;

/** @param {any[]} features */
function projection(features) {
  const points = features.flatMap((feature) => feature.geometry.coordinates.flat(Infinity));
  const [lons, lats] = [0, 1].map((odd) => points.filter((_, index) => index % 2 === odd));
  const reduce = (/** @type {number[]} */ all, /** @type {(a: number, b: number) => number} */ pick) => all.reduce((a, b) => pick(a, b));
  const west = reduce(lons, Math.min);
  const north = reduce(lats, Math.max);
  const shrink = Math.cos((north * Math.PI) / 180);
  const wide = (reduce(lons, Math.max) - west) * shrink;
  const high = north - reduce(lats, Math.min);
  const scale = SIZE / Math.max(wide, high);
  return {
    width: wide * scale,
    height: high * scale,
    forth: (/** @type {number} */ lon, /** @type {number} */ lat) => ({ x: (lon - west) * shrink * scale, y: (north - lat) * scale }),
    back: (/** @type {number} */ x, /** @type {number} */ y) => ({ lon: west + x / scale / shrink, lat: north - y / scale }),
  };
}

/** @param {HTMLElement} container @param {any} options @returns {Promise<import("./place-pin.js").Canvas>} */
export async function drawPlan(container, { areas, words, choose }) {
  const { features } = await (await fetch(areas("community"))).json();
  const { width, height, forth, back } = projection(features);
  const plan = svg("svg", { class: "m pp-plan", tabindex: 0, role: "application", "aria-label": words.map });
  const group = svg("g", { class: "m-grids" });
  const paths = new Map();
  const trace = (/** @type {number[][]} */ ring) =>
    `M${ring.map(([lon, lat]) => forth(lon, lat)).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
  for (const feature of features) {
    const { type, coordinates } = feature.geometry;
    const rings = type === "MultiPolygon" ? coordinates.flat() : coordinates;
    const path = svg("path", { class: "m-q1", d: rings.map(trace).join("") });
    const title = svg("title");
    title.textContent = feature.properties.name;
    path.append(title);
    paths.set(feature.properties.code, path);
    group.append(path);
  }
  const pin = makePin(words.pin);
  pin.hidden = true;
  plan.append(group);
  const state = { x: width / 2, y: height / 2, zoom: 1 };
  /** @type {{x: number, y: number} | undefined} */
  let placed;

  function refresh() {
    const [wide, high] = [width / state.zoom, height / state.zoom];
    plan.setAttribute("viewBox", `${state.x - wide / 2} ${state.y - high / 2} ${wide} ${high}`);
    group.setAttribute("stroke-width", String(0.8 / state.zoom));
    if (!placed) return;
    const matrix = /** @type {SVGSVGElement} */ (plan).getScreenCTM();
    if (!matrix) return;
    const spot = new DOMPoint(placed.x, placed.y).matrixTransform(matrix);
    const box = container.getBoundingClientRect();
    pin.style.translate = `${spot.x - box.left}px ${spot.y - box.top}px`;
    pin.hidden = false;
  }
  const toPlan = (/** @type {number} */ x, /** @type {number} */ y) =>
    new DOMPoint(x, y).matrixTransform(/** @type {SVGSVGElement} */ (plan).getScreenCTM()?.inverse());
  const pick = (/** @type {{x: number, y: number}} */ at) => choose(back(at.x, at.y));
  const zoomBy = (/** @type {number} */ factor) => {
    state.zoom = Math.min(CLOSEST, Math.max(1, state.zoom * factor));
    if (placed) [state.x, state.y] = [placed.x, placed.y];
    if (state.zoom === 1) [state.x, state.y] = [width / 2, height / 2];
    refresh();
  };
  const button = (/** @type {string} */ text, /** @type {string} */ label, /** @type {number} */ factor) => {
    const element = document.createElement("button");
    Object.assign(element, { type: "button", textContent: text });
    element.setAttribute("aria-label", label);
    element.addEventListener("click", () => zoomBy(factor));
    return element;
  };
  const tools = document.createElement("div");
  tools.className = "pp-zoom";
  tools.append(button("+", words.closer, CLOSER), button("−", words.farther, 1 / CLOSER));

  plan.addEventListener("click", (event) => {
    const { clientX, clientY } = /** @type {MouseEvent} */ (event);
    pick(toPlan(clientX, clientY));
  });
  plan.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Enter") pick(placed ?? state);
  });
  const move = (/** @type {Event} */ event) => {
    const step = stepOf(/** @type {KeyboardEvent} */ (event));
    const unit = width / state.zoom / container.clientWidth;
    if (step && placed) pick({ x: placed.x + step.x * unit, y: placed.y + step.y * unit });
  };
  for (const element of [pin, plan]) element.addEventListener("keydown", move);
  container.replaceChildren(plan, pin, tools);
  refresh();
  const resized = new ResizeObserver(refresh);
  resized.observe(container);

  return {
    show(at, _accuracy, code) {
      const isFirst = !placed;
      placed = forth(at.lon, at.lat);
      for (const [known, path] of paths) if (code) path.classList.toggle("m-q2", known === code);
      if (isFirst) zoomBy(4);
      refresh();
    },
    remove() {
      resized.disconnect();
      container.replaceChildren();
    },
  };
}
