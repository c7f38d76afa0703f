/** The map of the place picker, drawn by MapLibre: the district's own areas, a pin, and how accurate it is. */
import { makePin, stepOf } from "./place-pin.js";

const NEAR = 13; // from this zoom on communities and grids are told apart
const CLOSE = 14; // where a chosen place is shown
const FULL_WIDTH = 1000; // pixels that hold the district at the pack's zoom
const NAME_WIDTH = 64; // pixels of a name that another must not cover
const NAME_HEIGHT = 18;
const EDGE = 12; // pixels around the district
const METERS_PER_DEGREE = 111_320;

/** @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--og-${name}`).trim();
const NOTHING = { type: "FeatureCollection", features: [] };

/** @param {(level: string) => string} areas */
function style(areas) {
  const sources = Object.fromEntries(
    ["township", "community", "grid"].map((level) => [level, { type: "geojson", data: new URL(areas(level), location.href).href }]),
  );
  const line = (/** @type {string} */ id, /** @type {string} */ paint, /** @type {number} */ width, more = {}) => ({
    id, source: id, type: "line", paint: { "line-color": colour(paint), "line-width": width }, ...more,
  });
  return {
    version: 8,
    sources: { ...sources, reach: { type: "geojson", data: NOTHING } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("sunken") } },
      { id: "inside", source: "community", type: "fill", paint: { "fill-color": colour("q1") } },
      { id: "chosen", source: "community", type: "fill", filter: ["==", "code", ""], paint: { "fill-color": colour("q2") } },
      line("grid", "map-line", 0.8, { minzoom: NEAR }),
      line("community", "map-line", 1.4),
      line("township", "ink-2", 1.6),
      { id: "reach", source: "reach", type: "fill", paint: { "fill-color": colour("accent"), "fill-opacity": 0.18 } },
    ],
  };
}

/** @param {{lon: number, lat: number}} place @param {number} meters */
function circle({ lon, lat }, meters) {
  if (!meters) return NOTHING;
  const up = meters / METERS_PER_DEGREE;
  const aside = up / Math.cos((lat * Math.PI) / 180);
  const ring = Array.from({ length: 49 }, (_, n) => (n * Math.PI) / 24).map((a) => [lon + aside * Math.cos(a), lat + up * Math.sin(a)]);
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** Load a style sheet that only the map needs, once. @param {string} href */
const styled = (href) =>
  new Promise((resolve) => {
    if (!href || document.querySelector(`link[href="${href}"]`)) return resolve(undefined);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve }));
  });

/** Those whose names can be written without covering another's. @param {any} map @param {any[]} features */
function apart(map, features) {
  const bounds = map.getBounds();
  /** @type {{x: number, y: number}[]} */
  const taken = [];
  return features.filter(({ properties }) => {
    if (!bounds.contains(properties.label)) return false;
    const spot = map.project(properties.label);
    const isFree = taken.every(({ x, y }) => Math.abs(spot.x - x) > NAME_WIDTH || Math.abs(spot.y - y) > NAME_HEIGHT);
    if (isFree) taken.push(spot);
    return isFree;
  });
}

/** The corners of what some areas cover. @param {any[]} features */
function corners(features) {
  const points = features.map((feature) => feature.geometry.coordinates.flat(Infinity)).flat();
  const [lons, lats] = [0, 1].map((part) => points.filter((_, index) => index % 2 === part));
  const least = (/** @type {number[]} */ numbers) => numbers.reduce((a, b) => Math.min(a, b));
  const most = (/** @type {number[]} */ numbers) => numbers.reduce((a, b) => Math.max(a, b));
  return [[least(lons), least(lats)], [most(lons), most(lats)]];
}

/** Names of areas as HTML, because there are no glyphs to draw them with; only those in view. Begins with all of them. */
async function nameAreas(/** @type {any} */ map, /** @type {any} */ maplibre, /** @type {any} */ areas) {
  const read = async (/** @type {string} */ level) => (await (await fetch(areas(level))).json()).features;
  /** @type {Record<string, any[]>} */
  const features = { township: await read("township") };
  /** @type {any[]} */
  let shown = [];
  const refresh = async () => {
    const level = map.getZoom() < NEAR ? "township" : "community";
    features[level] ??= await read(level);
    for (const marker of shown) marker.remove();
    shown = apart(map, features[level]).map((feature) => {
      const element = document.createElement("span");
      element.className = `pp-name pp-name--${level}`;
      element.textContent = feature.properties.name;
      element.setAttribute("aria-hidden", "true");
      return new maplibre.Marker({ element }).setLngLat(feature.properties.label).addTo(map);
    });
  };
  map.fitBounds(corners(features.township), { padding: EDGE, animate: false });
  map.on("moveend", refresh);
  await refresh();
}

/** @param {HTMLElement} container @param {any} options @returns {Promise<import("./place-pin.js").Canvas>} */
export async function drawMap(container, { source, worker, sheet, areas, center, zoom, words, choose }) {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
  const [maplibre] = await Promise.all([import(source), styled(sheet)]);
  maplibre.setWorkerUrl(new URL(worker, location.href).href);
  const smaller = Math.log2(Math.min(1, container.clientWidth / FULL_WIDTH));
  const map = new maplibre.Map({
    container,
    style: style(areas),
    center: [center.lon, center.lat],
    zoom: zoom + smaller,
    minZoom: zoom - 3,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    scrollZoom: false,
    locale: {
      "Map.Title": words.map,
      "NavigationControl.ZoomIn": words.closer,
      "NavigationControl.ZoomOut": words.farther,
      "Marker.Title": words.pin,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  container.addEventListener("pointerdown", () => map.scrollZoom.enable(), { once: true });
  const element = makePin(words.pin);
  const pin = new maplibre.Marker({ element, anchor: "bottom", draggable: true });
  let isPlaced = false;

  const place = (/** @type {any} */ at) => choose({ lon: at.lng, lat: at.lat });
  map.on("click", (/** @type {any} */ event) => place(event.lngLat));
  pin.on("dragend", () => place(pin.getLngLat()));
  element.addEventListener("click", (event) => event.stopPropagation());
  element.addEventListener("keydown", (event) => {
    const step = stepOf(event);
    if (!step) return;
    const spot = map.project(pin.getLngLat());
    place(map.unproject([spot.x + step.x, spot.y + step.y]));
  });
  map.getCanvas().addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    place(map.getCenter());
  });
  await new Promise((resolve) => map.once("load", resolve));
  await nameAreas(map, maplibre, areas);

  return {
    show(at, accuracy, code) {
      pin.setLngLat([at.lon, at.lat]);
      if (!isPlaced) pin.addTo(map);
      map.getSource("reach").setData(circle(at, accuracy));
      if (code) map.setFilter("chosen", ["==", "code", code]);
      const isFar = map.getZoom() < NEAR || !map.getBounds().contains([at.lon, at.lat]);
      if (!isPlaced || isFar) map.easeTo({ center: [at.lon, at.lat], zoom: Math.max(map.getZoom(), CLOSE) });
      isPlaced = true;
    },
    remove: () => map.remove(),
  };
}
