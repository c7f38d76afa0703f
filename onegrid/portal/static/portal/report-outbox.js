/**
 * Shows the reports that wait on this device and sends them when there is a network; lets the page open without one.
 *
 *   <section data-report-outbox data-report="/report/" data-files="/report/files/" data-worker="/report/worker.js"
 *     data-…words… hidden> <h2>…</h2> <ul data-outbox-list></ul> </section>
 */
import { say } from "../core/live.js";
import { all, remove, save } from "./outbox.js";
import { Refused, send } from "./tus.js";

/** @typedef {import("./outbox.js").Kept} Kept */

/** @param {HTMLElement} root */
export function connect(root) {
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-outbox-list]"));
  const words = /** @type {Record<string, string>} */ (root.dataset);

  const make = (/** @type {string} */ tag, /** @type {string} */ text, /** @type {object} */ also = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...also });

  function row(/** @type {Kept} */ kept) {
    const item = make("li", "", { className: "rp-kept" });
    const moment = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    item.append(make("b", kept.text.slice(0, 60)), make("small", moment));
    if (kept.sent) {
      item.append(make("p", `${words.sent} ${kept.sent.number}`, { className: "rp-got" }));
      item.append(make("a", words.link, { href: kept.sent.link, className: "po-tap" }));
    } else {
      item.append(make("p", kept.problem || words.waiting, { className: kept.problem ? "po-err" : "og-small" }));
      item.append(make("button", words.send, { type: "button", className: "og-btn rp-tap", onclick: deliver }));
    }
    const forget = async () => {
      if (!kept.sent && !confirm(words.sure)) return;
      await remove(kept.id);
      draw();
    };
    const label = kept.sent ? words.done : words.remove;
    item.append(make("button", label, { type: "button", className: "og-btn og-btn--quiet rp-tap", onclick: forget }));
    return item;
  }

  async function draw() {
    const kept = await all();
    list.replaceChildren(...kept.map(row));
    root.hidden = !kept.length;
    return kept;
  }

  async function fresh() {
    const page = new DOMParser().parseFromString(await (await fetch(words.report, { cache: "no-store" })).text(), "text/html");
    const state = /** @type {HTMLInputElement | null} */ (page.querySelector('input[name="state"]'));
    return { token: page.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "", state: state?.value ?? "" };
  }

  /** @param {Kept} kept @param {string[]} uploads @returns {Promise<Response>} */
  async function post(kept, uploads) {
    const { token, state } = await fresh();
    if (!kept.state) {
      kept.state = state;
      await save(kept); // before it goes out: whatever is lost on the way, it goes out as the same report again
    }
    const body = new FormData();
    for (const [name, value] of kept.fields) if (name !== "state" && name !== "written_at") body.append(name, value);
    for (const id of uploads) body.append("uploads", id);
    body.append("state", kept.state);
    body.append("written_at", kept.at);
    body.append("seen", "1");
    return fetch(words.report, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token } });
  }

  async function deliverOne(/** @type {Kept} */ kept, /** @type {AbortSignal} */ signal) {
    const uploads = [];
    for (const piece of kept.files) {
      const begun = (/** @type {string} */ url) => void save(Object.assign(kept, { files: kept.files.map((each) => (each === piece ? Object.assign(piece, { url }) : each)) }));
      uploads.push(await send(piece.file, words.files, { url: piece.url || undefined, begun, signal }));
    }
    let answer = await post(kept, uploads);
    if (answer.status === 409) {
      // The page came from this device and its report was sent: this is another one.
      kept.state = "";
      answer = await post(kept, uploads);
    }
    const receipt = answer.headers.get("HX-Redirect");
    if (receipt) return note(kept, receipt);
    const said = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".po-sum");
    kept.problem = answer.status >= 500 ? words.later : said?.textContent?.trim() || words.later;
    await save(kept);
  }

  async function note(/** @type {Kept} */ kept, /** @type {string} */ receipt) {
    const page = new DOMParser().parseFromString(await (await fetch(receipt)).text(), "text/html");
    const number = page.querySelector("h1 .og-nowrap")?.textContent?.trim() ?? "";
    const link = page.querySelector("#private-link")?.textContent?.trim() ?? receipt;
    await save({ ...kept, fields: [], files: [], problem: "", sent: { number, link } });
    say(`${words.sent} ${number}`);
  }

  async function deliverAll() {
    const stop = new AbortController();
    const cut = () => stop.abort();
    addEventListener("offline", cut);
    try {
      for (const kept of await all()) {
        if (kept.sent) continue;
        try {
          await deliverOne(kept, stop.signal);
        } catch (error) {
          if (!(error instanceof Refused)) break; // no network after all; later
          await save({ ...kept, problem: error.message });
        }
      }
    } finally {
      removeEventListener("offline", cut);
      await draw();
    }
  }

  const deliver = async () => {
    if (!(await draw()).some(({ sent }) => !sent) || !navigator.onLine) return;
    if (!navigator.locks) return deliverAll();
    await navigator.locks.request("report-outbox", { ifAvailable: true }, (lock) => (lock ? deliverAll() : undefined));
  };

  const mention = () => {
    const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-offline-note]"));
    if (note) note.hidden = navigator.onLine && !navigator.serviceWorker?.controller;
  };

  async function prepare() {
    if (!navigator.serviceWorker || !navigator.onLine) return;
    const isSecondVisit = Boolean(navigator.serviceWorker.controller);
    await navigator.serviceWorker.register(words.worker, { scope: words.report });
    const { active } = await navigator.serviceWorker.ready;
    if (isSecondVisit) await import("./recording.js"); // so that it is here without a network
    active?.postMessage({ keep: performance.getEntriesByType("resource").map(({ name }) => name) });
  }

  const seen = () => document.visibilityState === "visible" && deliver();
  const kept = async () => {
    await draw();
    root.scrollIntoView({ block: "center" });
    root.focus();
    deliver();
  };
  mention();
  addEventListener("offline", mention);
  addEventListener("online", deliver);
  document.addEventListener("visibilitychange", seen);
  document.addEventListener("report-kept", kept);
  deliver();
  const whenQuiet = () => void prepare().catch(() => {}); // without it the page works all the same
  if (document.readyState === "complete") whenQuiet();
  else addEventListener("load", whenQuiet, { once: true });
  return () => {
    removeEventListener("offline", mention);
    removeEventListener("online", deliver);
    document.removeEventListener("visibilitychange", seen);
    document.removeEventListener("report-kept", kept);
  };
}
