/**
 * Lets somebody say where something is: a pin on a map, the device's own position, or typed coordinates.
 * It says which township, community and grid the point lies in, or why in none. Without script the fields stay.
 *
 * templates/components/place_picker.html writes the HTML for a form with lon, lat, system and accuracy:
 *
 *   <div data-place-picker data-map-source="…/maplibre-gl.mjs" data-worker-source="…/maplibre-gl-worker.mjs" data-map-style="…/maplibre-gl.css"
 *        data-areas="/map/areas/LEVEL.geojson" data-locate="/map/locate" data-center="120.594,27.972" data-zoom="11"
 *        data-accuracy="accurate to about %s m" data-looking data-denied data-failed data-broken data-pin data-map
 *        data-closer data-farther>
 *     <div data-pp-map data-pp-scripted hidden></div>           where the map goes, once it comes into view
 *     <button type="button" data-pp-here>…</button>             asks the device, which answers in WGS-84
 *     <p data-pp-said aria-live="polite"><span></span></p>       where the point lies
 *     <input data-pp-lon> <input data-pp-lat> <select data-pp-system> <input type="hidden" data-pp-accuracy>
 *   </div>
 *
 * A `<details data-without-map open>` in the same form holds another way to say the place: it closes where there is a
 * map, unless something is chosen in it. What is `data-pp-scripted` is hidden until this script shows it. A place chosen here fires `place-picked` on the
 * element, with the answer of /map/locate as its detail.
 */

/** @typedef {import("./place-pin.js").Place} Place */

const PATIENCE = 250; // ms after the last move before we ask where the pin is
const EARLY = "100px"; // how far below the screen the map begins to load: not on the first screen of a phone, whose visitor may never need it

/** @param {HTMLElement} root */
export function connect(root) {
  const part = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (root.querySelector(`[data-pp-${name}]`));
  const [lon, lat, system, accuracy, frame, here] = ["lon", "lat", "system", "accuracy", "map", "here"].map(part);
  const said = root.querySelector("[data-pp-said] span");
  const words = /** @type {Record<string, string>} */ (root.dataset);
  /** @type {import("./place-pin.js").Canvas | undefined} */
  let canvas;
  /** @type {number | undefined} */
  let timer;
  let asked = 0;
  let isGone = false;

  const tell = (/** @type {string} */ text) => {
    if (said) said.textContent = text;
    root.classList.toggle("is-told", Boolean(text));
  };

  const show = (/** @type {any} */ found) =>
    canvas?.show({ lon: found.lon, lat: found.lat }, Number(accuracy.value), found.community?.code ?? "");

  async function locate() {
    const turn = ++asked;
    if (!lon.value.trim() || !lat.value.trim()) return tell("");
    const query = new URLSearchParams({ lon: lon.value, lat: lat.value, system: system.value });
    try {
      const response = await fetch(`${words.locate}?${query}`, { headers: { Accept: "application/json" } });
      const found = await response.json();
      if (turn !== asked) return;
      root.classList.toggle("is-refused", !response.ok);
      if (!response.ok) return tell(found.detail);
      const precise = accuracy.value ? [words.accuracy.replace("%s", String(Math.round(Number(accuracy.value))))] : [];
      tell([found.township.name, found.community.name, found.grid.name, ...precise].join(" · "));
      show(found);
      root.dispatchEvent(new CustomEvent("place-picked", { bubbles: true, detail: found }));
    } catch {
      if (turn === asked) tell(words.failed);
    }
  }

  const locateSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(locate, PATIENCE);
  };

  function choose(/** @type {Place} */ place, /** @type {number} */ meters = 0) {
    lon.value = place.lon.toFixed(6);
    lat.value = place.lat.toFixed(6);
    system.value = "wgs84";
    accuracy.value = meters ? String(Math.round(meters)) : "";
    canvas?.show(place, meters, "");
    locateSoon();
  }

  function ask() {
    if (!navigator.geolocation) return tell(words.denied);
    tell(words.looking);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => choose({ lon: coords.longitude, lat: coords.latitude }, coords.accuracy),
      () => tell(words.denied),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  }

  const typed = () => {
    accuracy.value = "";
    locateSoon();
  };

  const otherWay = /** @type {HTMLDetailsElement | null | undefined} */ (root.closest("form")?.querySelector("[data-without-map]"));
  const offer = (/** @type {boolean} */ isOpen) => {
    const isUsed = otherWay?.querySelector("select")?.value || otherWay?.querySelector(".po-err");
    if (otherWay && !isUsed) otherWay.open = isOpen;
  };

  async function draw() {
    const [west, south] = words.center.split(",").map(Number);
    const options = {
      source: words.mapSource,
      worker: words.workerSource,
      sheet: words.mapStyle,
      areas: (/** @type {string} */ level) => words.areas.replace("LEVEL", level),
      center: { lon: west, lat: south },
      zoom: Number(words.zoom),
      words,
      choose,
    };
    frame.hidden = false;
    try {
      const { drawMap } = await import("./place-map.js");
      canvas = await drawMap(frame, options);
    } catch {
      frame.replaceChildren();
      try {
        const { drawPlan } = await import("./place-plan.js");
        canvas = await drawPlan(frame, options);
      } catch {
        frame.hidden = true;
        offer(true);
        return tell(words.broken);
      }
    }
    if (isGone) return canvas.remove();
    if (lon.value && lat.value) locate();
  }

  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      draw();
    },
    { rootMargin: EARLY },
  );

  offer(false);
  for (const element of root.querySelectorAll("[data-pp-scripted]")) /** @type {HTMLElement} */ (element).hidden = false;
  for (const field of [lon, lat, system]) field.addEventListener("change", typed);
  here.addEventListener("click", ask);
  seen.observe(root);
  locate();
  return () => {
    isGone = true;
    seen.disconnect();
    clearTimeout(timer);
    for (const field of [lon, lat, system]) field.removeEventListener("change", typed);
    here.removeEventListener("click", ask);
    canvas?.remove();
  };
}
