/**
 * Keeps a work list up to date without moving it: new cases wait in a pill over the table, changed ones get a tag.
 *
 *   <section data-queue-news data-relay="…" data-ticket="…" data-renew="…" data-mark="12:12:" data-news="/queue/news/?scope=mine"
 *            data-lines="/queue/lines/?scope=mine" data-here="">
 *     <button class="q-new" data-pill data-one="One new case" data-many="{n} new cases" hidden><span></span></button>
 *     <template data-changed><span class="og-tag">Changed</span></template>
 *     <table><tbody><tr data-number="OG-…" data-version="3"><td class="c-clock">…</td><td><span class="q-s">…</span></td></tr></tbody></table>
 *   </section>
 *
 * `data-here` is set on the pages after the first: there only the tags are shown. The numbers beside the navigation follow.
 */
import { FAILED, listen } from "../core/changes.js";
import { say } from "../core/live.js";

const MOST = 50; // cases that are put into the list; where more came in, it is drawn anew
const SILENT = new Set(["note", "evidence", "rating", "notice"]); // what changes no list

/** @param {Record<string, string>} counts */
function count(counts) {
  for (const [name, text] of Object.entries(counts)) {
    const place = /** @type {HTMLElement | null} */ (document.querySelector(`nav [data-count="${name}"]`));
    if (!place || place.textContent === text) continue;
    place.textContent = text;
    place.hidden = !text;
  }
}

/** @param {HTMLElement} section */
export function connect(section) {
  const pill = /** @type {HTMLButtonElement} */ (section.querySelector("[data-pill]"));
  const tag = /** @type {HTMLTemplateElement} */ (section.querySelector("template[data-changed]"));
  const news = section.dataset.news ?? "";
  /** @type {string[]} */
  let waiting = [];

  const rows = () => /** @type {HTMLElement[]} */ ([...section.querySelectorAll("tr[data-number]")]);

  const mark = (/** @type {HTMLElement} */ row, /** @type {number} */ version) => {
    if (Number(row.dataset.version) >= version) return;
    row.dataset.version = String(version);
    const line = row.querySelector(".q-s");
    if (!line || row.dataset.changed) return;
    row.dataset.changed = "1";
    line.prepend(tag.content.cloneNode(true), " ");
  };

  const offer = (/** @type {string[]} */ numbers) => {
    if (section.dataset.here || numbers.join() === waiting.join()) return;
    waiting = numbers;
    const text = numbers.length === 1 ? pill.dataset.one : pill.dataset.many?.replace("{n}", String(numbers.length));
    const words = /** @type {HTMLElement} */ (pill.querySelector("span"));
    words.textContent = numbers.length ? (text ?? "") : "";
    pill.hidden = !numbers.length;
    if (numbers.length) say(words.textContent);
  };

  async function ask() {
    const answer = await fetch(`${news}&${new URLSearchParams({ since: section.dataset.mark ?? "" })}`);
    if (!answer.ok || answer.redirected || !section.isConnected) return answer.status < FAILED;
    /** @type {{new: string[], changed: Record<string, number>, waiting: Record<string, string>}} */
    const found = await answer.json();
    const shown = new Map(rows().map((row) => [row.dataset.number ?? "", row]));
    for (const [number, version] of Object.entries(found.changed)) {
      const row = shown.get(number);
      if (row) mark(row, version);
    }
    offer(found.new.filter((number) => !shown.has(number)));
    count(found.waiting);
    return true;
  }

  async function insert() {
    const body = section.querySelector("tbody");
    if (!body || waiting.length > MOST) {
      return window.htmx.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerHTML" });
    }
    const asked = new URLSearchParams(waiting.map((number) => ["number", number]));
    offer([]);
    await window.htmx.ajax("GET", `${section.dataset.lines}&${asked}`, { target: body, swap: "afterbegin" });
    /** @type {HTMLElement | null} */ (body.querySelector("a.q-t"))?.focus();
    // The head's counts say how many there are now; the rows stay where they are.
    await window.htmx.ajax("GET", location.href, { target: ".ws-head", select: ".ws-head", swap: "outerHTML" });
  }

  pill.addEventListener("click", insert);
  const stop = listen(section, (changes) => changes.some(([, kind]) => !SILENT.has(kind)), ask);
  return () => {
    pill.removeEventListener("click", insert);
    stop();
  };
}
