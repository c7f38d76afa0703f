/**
 * The report form as htmx sends it: once its files are there; an answer that is not the form again is shown beside it,
 * so that nothing written is lost; without a network it is kept on the device; only the first words go out for
 * suggestions.
 *
 *   <form data-report-form data-note="#report-note" data-wait data-incomplete hx-post hx-select="#report-form">…</form>
 */
import { say } from "../core/live.js";
import { keep } from "./outbox.js";
import { filesOf } from "./report-files.js";

const FIRST_WORDS = 200;
const NOT_KEPT = ["csrfmiddlewaretoken", "uploads", "photos", "recordings", "look"];

/** @param {HTMLFormElement} form */
export function connect(form) {
  const send = /** @type {HTMLButtonElement} */ (form.querySelector("#report-send"));
  const value = (/** @type {string} */ name) => String(new FormData(form).get(name) ?? "").trim();
  let isThrough = false;

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

  async function keepForLater() {
    if (!value("text") || !(value("lon") || value("community"))) return tell(form.dataset.incomplete ?? "");
    const fields = [...new FormData(form)].filter(([name, said]) => typeof said === "string" && !NOT_KEPT.includes(name));
    const kept = Object.fromEntries(fields);
    const files = filesOf(form)?.files() ?? [];
    await keep({ fields: /** @type {[string, string][]} */ (fields), state: String(kept.state), files, text: String(kept.text) });
    filesOf(form)?.clear();
    form.reset();
    document.getElementById("wait")?.setAttribute("hidden", ""); // what it says of the network stands above now
    document.dispatchEvent(new CustomEvent("report-kept"));
  }

  function tell(/** @type {string} */ text) {
    const note = document.querySelector(form.dataset.note ?? "");
    const said = Object.assign(document.createElement("p"), { className: "og-note og-note--y", textContent: text });
    note?.replaceChildren(said);
    note?.scrollIntoView({ block: "center" });
    say(text);
  }

  async function arrived(/** @type {import("./report-files.js").Files} */ files) {
    send.classList.add("is-waiting");
    send.disabled = true;
    say(form.dataset.wait ?? "");
    const cut = new Promise((resolve) => addEventListener("offline", resolve, { once: true }));
    await Promise.race([files.whole(), cut]);
    send.disabled = false;
    send.classList.remove("is-waiting");
  }

  async function submit(/** @type {SubmitEvent} */ event) {
    const files = filesOf(form);
    if (isThrough || (navigator.onLine && !files?.pending())) return void (isThrough = false);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (navigator.onLine && files) await arrived(files);
    if (!navigator.onLine) return keepForLater();
    isThrough = true;
    form.requestSubmit(event.submitter);
  }

  const lost = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail.elt === form) keepForLater();
  };
  form.addEventListener("submit", submit, { capture: true });
  form.addEventListener("htmx:sendError", lost);
  form.addEventListener("htmx:beforeSwap", beforeSwap);
  form.addEventListener("htmx:configRequest", configure);
  return () => {
    form.removeEventListener("submit", submit, { capture: true });
    form.removeEventListener("htmx:sendError", lost);
    form.removeEventListener("htmx:beforeSwap", beforeSwap);
    form.removeEventListener("htmx:configRequest", configure);
  };
}
