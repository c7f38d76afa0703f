/**
 * Tells screen readers what happened, politely: `say("…")` fills the page's one live region.
 *
 *   <div id="live" class="visually-hidden" role="status" aria-live="polite" data-live></div>
 *
 * A server says something with a swap by the header  HX-Trigger: {"say": "…"}.
 */

/** @param {string} text */
export function say(text) {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}

/** @param {Event} event */
function hear(event) {
  const detail = /** @type {CustomEvent} */ (event).detail;
  say(typeof detail === "string" ? detail : detail.value);
}

/** @param {Element} _region */
export function connect(_region) {
  document.body.addEventListener("say", hear);
  return () => document.body.removeEventListener("say", hear);
}
