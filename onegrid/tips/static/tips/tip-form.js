/**
 * Giving a tip, in steps on one page: choose and write, note the receipt code, type it back, sent.
 *
 *   <form data-tip-form data-words="{…}" data-puzzle="…" data-upload="…" data-send="…" data-worker="…">
 *     <section data-step="write">…</section> <section data-step="code">…</section> …
 *
 * Nothing leaves the device before the code was typed back, and then only sealed.
 */
import { attachments } from "./attachments.js";
import { digitsOf, grouped, isWhole, newCode } from "./receipt.js";
import { TooLong, seal } from "./sealing.js";
import { Refused, derive, paid, post } from "./working.js";

/** @param {HTMLFormElement} form */
export function connect(form) {
  const words = JSON.parse(form.dataset.words ?? "{}");
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const problem = part("problem");
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const typed = /** @type {HTMLInputElement} */ (part("typed"));
  const attached = attachments(part("attached"), words, (message) => say(message));
  // Which appeal it answers stands behind the #, which browsers keep to themselves.
  const asked = new URLSearchParams(location.hash.slice(1));
  const answers = /^[A-Z0-9-]{3,20}$/.test(asked.get("answers") ?? "") ? asked.get("answers") : "";
  let code = "";

  function show(/** @type {string} */ step, isFirst = false) {
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-step]"))) {
      section.hidden = section.dataset.step !== step;
      if (!section.hidden && !isFirst) section.querySelector("h2")?.focus();
    }
    say("");
  }

  function say(/** @type {string} */ message, calm = false) {
    problem.textContent = message;
    problem.hidden = !message;
    problem.classList.toggle("og-note--r", !calm);
  }

  const channel = () => /** @type {HTMLInputElement | null} */ (form.querySelector("[name=channel]:checked"));

  function toCode() {
    if (!channel()) return say(words.channel);
    if (!text.value.trim() && attached.isEmpty()) return say(words.empty);
    code = newCode();
    part("code").textContent = grouped(code);
    show("code");
  }

  function toTyping() {
    part("code").textContent = "";
    typed.value = "";
    show("type");
    typed.focus();
  }

  function again() {
    part("code").textContent = grouped(code);
    show("code");
  }

  async function send() {
    const digits = digitsOf(typed.value);
    if (!isWhole(digits)) return say(words.digits);
    if (digits !== code) return say(words.code);
    say(words.working, true);
    const worker = form.dataset.worker ?? "";
    const [holder, payment] = await Promise.all([derive(worker, code), paid(form.dataset.puzzle ?? "", worker)]);
    const keys = (channel()?.dataset.publicKeys ?? "").split(",");
    const named = await attached.send({ url: form.dataset.upload ?? "", keys, ...payment }, (told) => say(told, true));
    const files = named.map(({ id, parts }) => ({ id, parts }));
    const sealed = await seal({ v: 1, tip: holder.publicKey, text: text.value.trim(), files: named, ...(answers && { answers }) }, keys);
    const { lookup, publicKey } = holder;
    const about = { channel: channel()?.value, lookup, public_key: publicKey };
    await post(form.dataset.send ?? "", { ...payment, ...about, sealed, files });
    forget();
    show("done");
  }

  function forget() {
    code = "";
    attached.clear();
    text.value = "";
    typed.value = "";
  }

  async function trying(/** @type {() => unknown} */ deed) {
    form.toggleAttribute("data-busy", true);
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll("button"));
    for (const button of buttons) button.disabled = true;
    try {
      await deed();
    } catch (error) {
      if (error instanceof TooLong) say(words.long.replace("%s", String(Math.ceil(error.bytes / 3))));
      else say((error instanceof Refused && error.message) || words.failed);
    }
    for (const button of buttons) button.disabled = false;
    form.toggleAttribute("data-busy", false);
  }

  const deeds = /** @type {Record<string, () => unknown>} */ ({ code: toCode, type: toTyping, again, send, write: () => show("write") });
  const clicked = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-go]");
    if (button) trying(deeds[/** @type {HTMLElement} */ (button).dataset.go ?? ""]);
  };
  const submitted = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!typed.closest("section")?.hidden) trying(send);
  };
  form.addEventListener("click", clicked);
  form.addEventListener("submit", submitted);
  window.addEventListener("pagehide", forget);
  for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=channel]")))
    if (choice.value === asked.get("channel")) choice.checked = true;
  part("answers").hidden = !answers;
  part("answers").textContent = words.answers.replace("%s", answers ?? "");
  form.hidden = false;
  if (isSecureContext) show("write", true);
  else say(words.insecure);
  return () => {
    form.removeEventListener("click", clicked);
    form.removeEventListener("submit", submitted);
    window.removeEventListener("pagehide", forget);
    forget();
  };
}
