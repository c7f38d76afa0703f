/** The map itself: areas as its only ground, shaded by cases in the colours of the page, light or dark. */
import { boundsOf } from "./bounds.js";

const SHADES = ["--og-q0", "--og-q1", "--og-q2", "--og-q3", "--og-q4"];
const NONE = { type: "FeatureCollection", features: [] };
const HIT = { "fill-opacity": 0 };

/** @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {number[]} bounds @returns {Record<string, Record<string, any>>} every colour that follows the theme */
function paint(bounds) {
  const [first, ...rest] = SHADES.map(colour);
  const cases = ["coalesce", ["feature-state", "cases"], 0];
  return {
    ground: { "background-color": colour("--og-sunken") },
    "grid-shade": { "fill-color": ["step", cases, first, ...bounds.flatMap((bound, n) => [bound, rest[n]])] },
    "grid-edge": { "line-color": colour("--og-map-line") },
    "community-edge": { "line-color": colour("--og-edge") },
    "township-edge": { "line-color": colour("--og-ink-2") },
    "chosen-edge": { "line-color": colour("--og-ink") },
  };
}

/** @param {Record<string, any>} areas @param {number[]} bounds */
function styleOf(areas, bounds) {
  const colours = paint(bounds);
  const source = (/** @type {any} */ data) => ({ type: "geojson", data, promoteId: "code", tolerance: 0.1 });
  const round = { "line-join": "round", "line-cap": "round" };
  /** @param {string} level @param {any} width @param {any} [extra] */
  const edge = (level, width, extra = {}) => ({
    id: `${level}-edge`, type: "line", source: level, layout: round, paint: { ...colours[`${level}-edge`], "line-width": width }, ...extra,
  }); // prettier-ignore
  return {
    version: 8,
    sources: {
      township: source(areas.township),
      community: source(areas.community),
      grid: source(areas.grid),
      chosen: { type: "geojson", data: NONE },
    },
    layers: [
      { id: "ground", type: "background", paint: colours.ground },
      { id: "grid-shade", type: "fill", source: "grid", paint: { ...colours["grid-shade"], "fill-antialias": false } },
      { id: "community-hit", type: "fill", source: "community", paint: HIT },
      { id: "township-hit", type: "fill", source: "township", paint: HIT },
      edge("grid", ["interpolate", ["linear"], ["zoom"], 10, 0.5, 14, 1.4]),
      edge("community", 1, { minzoom: 12 }),
      edge("township", ["interpolate", ["linear"], ["zoom"], 10, 1, 14, 2.5]),
      edge("chosen", 3),
    ],
  };
}

/** @param {HTMLElement} element */
function wordsOf(element) {
  const words = /** @type {HTMLTemplateElement} */ (element.querySelector("template[data-words]")).content;
  const word = (/** @type {string} */ name) => words.querySelector(`[data-${name}]`)?.textContent ?? "";
  return {
    "Map.Title": word("map"),
    "CooperativeGesturesHandler.WindowsHelpText": word("wheel"),
    "CooperativeGesturesHandler.MacHelpText": word("wheel"),
    "CooperativeGesturesHandler.MobileHelpText": word("two"),
  };
}

/**
 * Draw the areas out of sight and resolve when a whole frame of them stands; only then the drawn map gives way.
 * It opens on some areas, or on the whole district where there are none.
 * @param {{element: HTMLElement, library: any, areas: Record<string, any>, counts: any, home: any[]}} parts
 */
export async function createScene({ element, library, areas, counts, home }) {
  const frame = /** @type {HTMLElement} */ (element.querySelector(".mp-c"));
  const drawn = /** @type {SVGElement} */ (frame.querySelector("svg.m"));
  const container = document.createElement("div");
  container.className = "mp-gl is-waiting";
  drawn.after(container);
  const district = boundsOf(areas.township);
  const padding = { top: 24, bottom: 56, left: 24, right: 24 };
  library.setWorkerUrl(new URL(/** @type {string} */ (element.dataset.worker), location.href).href);
  const opening = home.length ? boundsOf({ features: home }) : district;
  const map = new library.Map({
    container, style: styleOf(areas, counts.bounds), bounds: opening, fitBoundsOptions: { padding, maxZoom: 17 }, attributionControl: false,
    dragRotate: false, pitchWithRotate: false, maxZoom: 18, minZoom: 8, renderWorldCopies: false, fadeDuration: 0,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches, locale: wordsOf(element),
  }); // prettier-ignore
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();

  const remove = () => {
    watch.disconnect();
    map.remove();
    container.remove();
    drawn.removeAttribute("hidden");
  };
  const recolour = () => {
    for (const [layer, properties] of Object.entries(paint(counts.bounds)))
      for (const [name, value] of Object.entries(properties)) map.setPaintProperty(layer, name, value);
  };
  const watch = new MutationObserver(recolour);

  const failed = new Promise((_resolve, reject) => map.once("error", (/** @type {any} */ event) => reject(event.error)));
  const happened = (/** @type {string} */ name) => Promise.race([failed, new Promise((resolve) => map.once(name, resolve))]);
  try {
    await happened("load");
    for (const [code, [cases]] of Object.entries(counts.grid)) map.setFeatureState({ source: "grid", id: code }, { cases });
    map.triggerRepaint();
    await happened("idle");
  } catch (problem) {
    remove();
    throw problem;
  }
  container.classList.remove("is-waiting");
  watch.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  drawn.setAttribute("hidden", "");
  return {
    map,
    remove,
    far: () => map.cameraForBounds(district, { padding }).zoom,
    whole: () => map.fitBounds(district, { padding }),
    /** @param {any} [area] */
    highlight: (area) => map.getSource("chosen").setData(area ?? NONE),
    /** @param {any} point @param {string} level */
    areaAt(point, level) {
      const layer = { township: "township-hit", community: "community-hit" }[level] ?? "grid-shade";
      return map.queryRenderedFeatures(point, { layers: [layer] })[0]?.properties.code ?? "";
    },
  };
}
