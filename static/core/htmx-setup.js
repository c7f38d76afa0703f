/**
 * What every htmx request of ours does: carries the CSRF token, shows that it is under way, says when it failed.
 *
 * Under 300 ms nothing is shown; then a thin bar on the region; after 5 s words and a way to cancel. What the page says
 * stands in <div id="wait" hidden data-slow="…" data-offline="…" data-failed="…"><span></span><button>…</button></div>.
 * A part of a swap marked `data-focus` gets the focus; of a page only one that says what is wrong.
 */
import { say } from "./live.js";

const SOON = 300;
const LONG = 5000;

const strip = document.getElementById("wait");
const cancel = strip?.querySelector("button");

/** @type {Map<XMLHttpRequest, () => void>} what ends the display of each request under way; its element may be gone by then */
const running = new Map();

/** @param {"slow" | "offline" | "failed"} reason @param {boolean} canCancel */
function tell(reason, canCancel) {
  const words = strip?.querySelector("span");
  if (!strip || !words || !cancel) return;
  words.textContent = strip.dataset[reason] ?? "";
  cancel.hidden = !canCancel;
  strip.hidden = false;
  say(words.textContent);
}

/** @param {XMLHttpRequest} request @param {Element} target */
function begin(request, target) {
  const region = target.closest("body, main, section, aside, form") ?? target;
  const bar = setTimeout(() => region.classList.add("og-loading"), SOON);
  const long = setTimeout(() => tell("slow", true), LONG);
  if (strip) strip.hidden = true;
  running.set(request, () => {
    clearTimeout(bar);
    clearTimeout(long);
    region.classList.remove("og-loading");
    if (strip) strip.hidden = true;
    running.delete(request);
  });
}

/** @param {string} name @param {(detail: any) => void} listener */
const on = (name, listener) =>
  document.addEventListener(`htmx:${name}`, (event) => listener(/** @type {CustomEvent} */ (event).detail));

on("configRequest", (detail) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content");
  if (token) detail.headers["X-CSRFToken"] = token;
});
on("beforeRequest", (detail) => begin(detail.xhr, detail.target ?? detail.elt));
on("afterRequest", (detail) => running.get(detail.xhr)?.());
on("sendError", () => tell("offline", false));
on("timeout", () => tell("offline", false));
on("responseError", () => tell("failed", false));
/** @type {HTMLElement | null} */ (document.querySelector("[data-focus][role='alert']"))?.focus();
on("afterSettle", (detail) => detail.elt.querySelector?.("[data-focus]")?.focus());

cancel?.addEventListener("click", () => {
  for (const request of [...running.keys()]) request.abort();
});
