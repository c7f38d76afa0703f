/**
 * Turns the drawn map of the area into one that moves: shades from far, labels with counts, single cases from near.
 *
 *   <div data-area-map data-library="…/maplibre-gl.mjs" data-worker="…" data-sprite="…/icons.svg" data-page="/map/?scope=all"
 *        data-pins="/map/cases.json?scope=all" data-home="330304002" data-township="….geojson" data-community="….geojson" data-grid="….geojson">
 *     <script type="application/json" id="map-counts">{"bounds": [1, 2, 3, 5], "township": {"330304002": [114, 5]}, …}</script>
 *     <div class="mp-c"><svg class="m">…</svg> … </div>
 *     <aside id="map-side" data-place="330304002" data-level="township">…</aside>
 *   </div>
 *
 * It opens on the areas of `data-home`, or on the whole district where that is empty.
 * Without WebGL, or when anything of it fails to load, the drawn map stays. What is chosen stands in `#map-side`: links
 * there and clicks here swap it, and the map follows.
 */
import { say } from "../core/live.js";
import { boundsOf, covers } from "./map/bounds.js";
import { createLabels } from "./map/labels.js";
import { createPins } from "./map/pins.js";
import { createScene } from "./map/scene.js";

const LEVELS = ["township", "community", "grid"];
const NEXT_ZOOM = { township: 12.4, community: 13.9, grid: 15.2 }; // from where the next level is counted
const FROM_HOME = 0.8; // how much nearer than the whole district that is at least

/** Return from which zoom each level gives way to the next; a small district fills the screen later. @param {number} home */
function thresholds(home) {
  const shift = Math.min(Math.max(0, home + FROM_HOME - NEXT_ZOOM.township), 2.5);
  return LEVELS.map((level) => NEXT_ZOOM[/** @type {keyof typeof NEXT_ZOOM} */ (level)] + shift);
}

const hasWebGL = () => Boolean(document.createElement("canvas").getContext("webgl2"));

/** Scroll a long list, and nothing around it, to its chosen row. @param {HTMLElement | null} row */
function reveal(row) {
  const list = row?.closest(".mp-rows");
  if (list && row && row.offsetTop + row.offsetHeight > list.clientHeight) list.scrollTop = row.offsetTop;
}

/** @param {string} url */
async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** What a person looks at: the area chosen on the page, and the way to choose another. @param {HTMLElement} element */
function choice(element) {
  const side = () => /** @type {HTMLElement} */ (element.querySelector("#map-side"));
  return {
    code: () => side().dataset.place ?? "",
    level: () => side().dataset.level || "township",
    /** @param {string} code */
    make(code) {
      const url = `${element.dataset.page}&place=${encodeURIComponent(code)}`;
      const swap = { source: element, target: "#map-side", swap: "outerHTML" };
      /** @type {any} */ (window).htmx.ajax("GET", url, swap).then(() => history.pushState({ htmx: true }, "", url));
    },
  };
}

/** @param {HTMLElement} element */
async function start(element) {
  const [library, ...documents] = await Promise.all([
    import(/** @type {string} */ (element.dataset.library)),
    ...LEVELS.map((level) => fetched(/** @type {string} */ (element.dataset[level]))),
  ]);
  const areas = Object.fromEntries(LEVELS.map((level, position) => [level, documents[position]]));
  const counts = JSON.parse(element.querySelector("#map-counts")?.textContent ?? "{}");
  /** @param {string} code */
  const find = (code) =>
    LEVELS.flatMap((level) => areas[level].features).find((/** @type {any} */ area) => area.properties.code === code);
  const codes = (element.dataset.home ?? "").split(" ").filter(Boolean);
  const home = codes.map(find).filter(Boolean);

  const scene = await createScene({ element, library, areas, counts, home });
  const chosen = choice(element);
  const turns = thresholds(scene.far());
  const levelNow = () => LEVELS[turns.filter((turn) => scene.map.getZoom() >= turn - 0.1).length] ?? "case";
  const labels = createLabels({ element, library, map: scene.map, areas, counts, codes, choose: chosen.make });
  const pins = createPins({ element, library, map: scene.map });

  const draw = async () => {
    const level = levelNow();
    const shown = level === "case" && (await pins.show());
    if (level !== "case") pins.hide();
    labels.show(shown ? "" : level === "case" ? "grid" : level, chosen.code());
  };

  /** @param {any} area @param {string} level @param {boolean} animate */
  const goTo = (area, level, animate) => {
    const camera = scene.map.cameraForBounds(boundsOf(area), { padding: 48, maxZoom: 17 });
    const zoom = Math.max(camera.zoom, turns[LEVELS.indexOf(level)]);
    scene.map.easeTo({ center: camera.center, zoom, duration: animate ? 600 : 0 });
  };

  const follow = (animate = true) => {
    const area = find(chosen.code());
    const level = chosen.level();
    scene.highlight(area);
    labels.mark(chosen.code());
    reveal(element.querySelector("#map-side .is-sel"));
    const nearer = /** @type {HTMLElement | null} */ (element.querySelector("[data-nearer]"));
    if (nearer) nearer.hidden = !area;
    if (!area) return;
    nearer?.querySelector("button")?.addEventListener("click", () => goTo(area, level, true));
    const tooFar = LEVELS.indexOf(level) > LEVELS.concat("case").indexOf(levelNow());
    if (tooFar || !covers(scene.map.getBounds(), area.properties.label)) goTo(area, level, animate);
  };

  const swapped = (/** @type {Event} */ event) => {
    if (/** @type {HTMLElement} */ (event.target).id !== "map-side") return;
    follow();
    say(element.querySelector("#map-info h2")?.textContent ?? "");
  };
  const point = (/** @type {any} */ event) => {
    const code = scene.areaAt(event.point, levelNow());
    if (code) chosen.make(code);
  };
  const zoom = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-zoom]");
    const way = button?.getAttribute("data-zoom");
    if (way === "all") scene.whole();
    else if (way === "in") scene.map.zoomIn();
    else if (way === "out") scene.map.zoomOut();
  };

  scene.map.on("moveend", draw);
  scene.map.on("click", point);
  element.addEventListener("click", zoom);
  document.addEventListener("htmx:load", swapped);
  follow(false);
  await draw();
  element.querySelector("[data-buttons]")?.removeAttribute("hidden");
  document.querySelector("[data-map-keys]")?.removeAttribute("hidden");
  element.dataset.ready = "";
  return () => {
    element.removeEventListener("click", zoom);
    document.removeEventListener("htmx:load", swapped);
    scene.remove();
  };
}

/** @param {HTMLElement} element */
export function connect(element) {
  if (!hasWebGL() || !element.querySelector("svg.m")) return undefined;
  const stop = start(element).catch((problem) => {
    console.warn("The drawn map stays:", problem);
    return () => {};
  });
  return () => void stop.then((end) => end());
}
