/** Labels with counts on the areas of one level, as buttons; where they would cover each other the fuller area wins. */

const HEIGHT = 26;
const SUFFIX = /(?<=..)(街道|镇|乡)$/;
const MOVES = [0, -1, 1, -2, 2];

/** @param {string} text */
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2E7F" ? 13 : 8), 0);

/** @param {{left: number, top: number, width: number}} one @param {{left: number, top: number, width: number}} other */
const hits = (one, other) =>
  one.left < other.left + other.width && other.left < one.left + one.width && Math.abs(one.top - other.top) < HEIGHT;

/**
 * @param {{element: HTMLElement, library: any, map: any, areas: Record<string, any>, counts: any,
 *   codes: string[], choose: (code: string) => void}} parts
 */
export function createLabels({ element, library, map, areas, counts, codes, choose }) {
  const words = /** @type {HTMLTemplateElement} */ (element.querySelector("template[data-words]")).content;
  const word = (/** @type {string} */ name) => words.querySelector(`[data-${name}]`)?.textContent ?? "";
  /** @type {Map<string, {marker: any, button: HTMLButtonElement}>} */
  const standing = new Map();
  let level = "";

  /** An area beside those it opens on is only named: what lies there is not asked for. @param {{code: string, name: string, label: [number, number]}} area */
  function said(area) {
    const [cases, late] = counts[level][area.code] ?? [0, 0];
    const name = level === "grid" ? "" : area.name.replace(SUFFIX, "");
    const isCounted = cases > 0 || !codes.length || codes.includes(area.code);
    const text = isCounted ? `${name} ${cases}`.trim() : name;
    return { cases, late, text, isCounted, width: widthOf(text) + (late ? 22 + widthOf(String(late)) : 0) + 16 };
  }

  /** @param {{code: string, name: string, label: [number, number]}} area */
  function create(area) {
    const { cases, late, text, isCounted } = said(area);
    const button = document.createElement("button");
    button.type = "button";
    button.className = `mp-label mp-label--${level}`;
    button.append(text);
    if (late) {
      const mark = document.createElement("span");
      mark.className = "mp-label__late";
      mark.innerHTML = '<svg class="og-i" aria-hidden="true"><use/></svg>';
      mark.querySelector("use")?.setAttribute("href", `${element.dataset.sprite}#i-clk-r`);
      mark.append(String(late));
      button.append(mark);
    }
    const spoken = isCounted ? ` ${cases} ${word("cases")}` : "";
    button.setAttribute("aria-label", `${area.name}${spoken}${late ? ` ${late} ${word("late")}` : ""}`);
    button.addEventListener("click", (event) => {
      event.stopPropagation(); // the map below would take it for a click on the ground
      choose(area.code);
    });
    return button;
  }

  /** Return the areas whose labels fit, each with how far it is moved. @param {string} chosen */
  function fitting(chosen) {
    const bounds = map.getBounds();
    const inView = areas[level].features
      .map((/** @type {any} */ feature) => feature.properties)
      .filter((/** @type {any} */ area) => bounds.contains(area.label))
      .map((/** @type {any} */ area) => ({ area, ...said(area) }))
      .filter((/** @type {any} */ one) => level === "township" || one.cases);
    inView.sort((/** @type {any} */ a, /** @type {any} */ b) => rank(b, chosen) - rank(a, chosen));
    /** @type {{left: number, top: number, width: number, area: any, shift: number}[]} */
    const placed = [];
    for (const { area, width } of inView) {
      const { x, y } = map.project(area.label);
      const tried = (level === "township" ? MOVES : [0]).map((move) => {
        const shift = (move * HEIGHT) / 2;
        return { left: x - width / 2, top: y + shift, width, area, shift };
      });
      const free = tried.find((one) => !placed.some((other) => hits(one, other)));
      if (free) placed.push(free);
    }
    return placed;
  }

  /** @param {any} one @param {string} chosen */
  const rank = (one, chosen) => (one.area.code === chosen ? Infinity : one.cases + one.late / 1000);

  /** @param {string} chosen */
  function mark(chosen) {
    for (const [code, { button }] of standing) {
      button.classList.toggle("is-sel", code === chosen);
      button.setAttribute("aria-pressed", String(code === chosen));
    }
  }

  /** Show the labels of a level, or none. @param {string} wanted @param {string} chosen */
  function show(wanted, chosen) {
    const keep = wanted === level;
    level = wanted;
    const placed = level ? fitting(chosen) : [];
    const codes = new Set(placed.map(({ area }) => area.code));
    for (const [code, { marker }] of standing) {
      if (keep && codes.has(code)) continue;
      marker.remove();
      standing.delete(code);
    }
    for (const { area, shift } of placed) {
      const old = standing.get(area.code);
      const button = old?.button ?? create(area);
      const marker = old?.marker ?? new library.Marker({ element: button }).setLngLat(area.label).addTo(map);
      marker.setOffset([0, shift]);
      standing.set(area.code, { marker, button });
    }
    mark(chosen);
  }

  return { show, mark };
}
