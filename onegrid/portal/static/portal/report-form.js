/**
 * The report form as htmx sends it: an answer that is not the form again is shown beside it, so that nothing written
 * is lost; and only the first words go out for suggestions.
 *
 *   <form data-report-form data-note="#report-note" hx-post hx-select="#report-form">…</form>
 */

const FIRST_WORDS = 200;

/** @param {HTMLElement} form */
export function connect(form) {
  const beforeSwap = (/** @type {Event} */ event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.elt !== form || detail.xhr.responseText.includes('id="report-form"')) return;
    const note = document.querySelector(form.dataset.note ?? "");
    if (!note || detail.xhr.status < 400) return;
    Object.assign(detail, { target: note, swapOverride: "innerHTML show:top", selectOverride: "unset", shouldSwap: true });
  };
  const configure = (/** @type {Event} */ event) => {
    const { parameters } = /** @type {CustomEvent} */ (event).detail;
    if (event.target === form || !parameters.has?.("text")) return;
    parameters.set("text", String(parameters.get("text")).slice(0, FIRST_WORDS));
  };
  form.addEventListener("htmx:beforeSwap", beforeSwap);
  form.addEventListener("htmx:configRequest", configure);
  return () => {
    form.removeEventListener("htmx:beforeSwap", beforeSwap);
    form.removeEventListener("htmx:configRequest", configure);
  };
}
