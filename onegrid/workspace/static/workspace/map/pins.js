/** Single cases from near: a clock's colour and shape each, fetched for what the map shows. */

const BESIDE = 30; // pixels between pins that would cover each other; they stand in rows
const IN_A_ROW = 4;

/**
 * Return how far a pin moves to stand in the rows that begin at the first pin near it.
 * @param {{x: number, y: number, size: number}[]} heads @param {{x: number, y: number}} place @returns {[number, number]}
 */
function beside(heads, place) {
  const head = heads.find((one) => Math.hypot(one.x - place.x, one.y - place.y) < BESIDE);
  if (!head) {
    heads.push({ x: place.x, y: place.y, size: 1 });
    return [0, 0];
  }
  const rank = head.size++;
  const [across, down] = [rank % IN_A_ROW, Math.floor(rank / IN_A_ROW)];
  return [head.x + across * BESIDE - place.x, head.y + down * BESIDE - place.y];
}

/** @param {{element: HTMLElement, library: any, map: any}} parts */
export function createPins({ element, library, map }) {
  const words = /** @type {HTMLTemplateElement} */ (element.querySelector("template[data-words]")).content;
  const notice = /** @type {HTMLElement} */ (element.querySelector("[data-say]"));
  /** @type {any[]} */
  let markers = [];
  /** @type {AbortController | undefined} */
  let asking;

  /** @param {string} text */
  function tell(text) {
    notice.textContent = text;
    notice.hidden = !text;
  }

  /** @param {string} light */
  function shape(light) {
    const holder = document.createElement("span");
    holder.innerHTML = '<svg class="og-i" aria-hidden="true"><use/></svg>';
    holder.querySelector("use")?.setAttribute("href", `${element.dataset.sprite}#i-clk-${light}`);
    return /** @type {SVGElement} */ (holder.firstChild);
  }

  /** @param {any} pin @param {HTMLElement} button */
  function open(pin, button) {
    const info = /** @type {HTMLElement} */ (element.querySelector("#map-info"));
    const box = document.createElement("div");
    const link = document.createElement("a");
    const line = document.createElement("span");
    box.className = "mp-case";
    link.href = pin.url;
    link.textContent = pin.title;
    line.className = "og-small og-num";
    line.textContent = pin.number;
    const go = document.createElement("a");
    go.className = "og-small";
    go.href = pin.url;
    go.textContent = words.querySelector("[data-open]")?.textContent ?? "";
    box.append(link, line, go);
    info.replaceChildren(box);
    info.hidden = false;
    for (const marker of markers) marker.getElement().classList.toggle("is-sel", marker.getElement() === button);
    link.focus({ preventScroll: true });
  }

  /** @param {any} pin @param {[number, number]} offset */
  function create(pin, offset) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `mp-pin mp-pin--${pin.light}`;
    button.setAttribute("aria-label", `${pin.state}${pin.title} ${pin.number}`);
    button.title = pin.title;
    button.append(shape(pin.light));
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      open(pin, button);
    });
    return new library.Marker({ element: button, offset }).setLngLat(pin.at).addTo(map);
  }

  function clear() {
    for (const marker of markers) marker.remove();
    markers = [];
  }

  function hide() {
    asking?.abort();
    clear();
    tell("");
  }

  /** Fetch and show the cases in view; resolves to whether they are shown one by one. */
  async function show() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const box = map.getBounds().toArray().flat().map((/** @type {number} */ part) => part.toFixed(6)); // prettier-ignore
    try {
      const answer = await fetch(`${element.dataset.pins}&box=${box.join(",")}`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { pins, has_more: hasMore } = await answer.json();
      if (signal.aborted) return true;
      clear();
      tell(hasMore ? (notice.dataset.say ?? "") : "");
      /** @type {{x: number, y: number, size: number}[]} */
      const heads = [];
      for (const pin of pins) markers.push(create(pin, beside(heads, map.project(pin.at))));
      return true;
    } catch (problem) {
      if (!signal.aborted) tell(notice.dataset.failed ?? "");
      return signal.aborted;
    }
  }

  return { show, hide };
}
