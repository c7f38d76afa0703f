/**
 * Coming back with a receipt code: read the answers, write again, delete.
 *
 *   <form data-tip-dialogue data-words="{…}" data-read="…" data-write="…" data-delete="…" data-puzzle="…" data-worker="…">
 */
import { digitsOf, isWhole } from "./receipt.js";
import { TooLong, open, seal } from "./sealing.js";
import { Refused, derive, paid, post } from "./working.js";

/** @typedef {{number: number, author: string, written_on: string, sealed: string}} Said */

/** @param {HTMLFormElement} form */
export function connect(form) {
  const words = JSON.parse(form.dataset.words ?? "{}");
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const problem = part("problem");
  const typed = /** @type {HTMLInputElement} */ (part("typed"));
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const worker = form.dataset.worker ?? "";
  /** @type {{secret: string, identity: string, publicKey: string} | undefined} */
  let holder;
  /** @type {string[]} */
  let readers = [];
  let isSure = false;

  function show(/** @type {string} */ step) {
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-step]"))) {
      section.hidden = section.dataset.step !== step;
      if (!section.hidden) section.querySelector("h2")?.focus();
    }
    say("");
  }

  function say(/** @type {string} */ message, calm = false) {
    problem.textContent = message;
    problem.hidden = !message;
    problem.classList.toggle("og-note--r", !calm);
  }

  async function line(/** @type {Said} */ said) {
    const item = document.createElement("li");
    const head = item.appendChild(document.createElement("b"));
    head.textContent = (said.sealed ? words.answer : words.you).replace("%s", said.written_on);
    if (!said.sealed) return item;
    const body = item.appendChild(document.createElement("p"));
    const message = await open(said.sealed, holder?.identity ?? "").catch(() => undefined);
    // What was sealed for another tip does not belong here, whoever put it here.
    body.textContent = message?.tip === holder?.publicKey ? message.text : words.broken;
    return item;
  }

  async function refresh() {
    const found = await post(form.dataset.read ?? "", { secret: holder?.secret });
    readers = found.readers;
    part("messages").replaceChildren(...(await Promise.all(found.messages.map(line))));
    part("until").textContent = found.delete_on;
    part("closed").hidden = !found.is_closed;
  }

  async function enter() {
    const digits = digitsOf(typed.value);
    if (!isWhole(digits)) return say(words.digits);
    say(words.opening, true);
    holder = await derive(worker, digits);
    typed.value = "";
    await refresh();
    show("read");
  }

  async function write() {
    if (!text.value.trim()) return say(words.empty);
    say(words.working, true);
    const sealed = await seal({ v: 1, tip: holder?.publicKey, text: text.value.trim() }, readers);
    const payment = await paid(form.dataset.puzzle ?? "", worker);
    await post(form.dataset.write ?? "", { ...payment, sealed, secret: holder?.secret });
    text.value = "";
    await refresh();
    say(words.sent, true);
  }

  async function remove() {
    if (!isSure) {
      isSure = true;
      return say(words.sure);
    }
    await post(form.dataset.delete ?? "", { secret: holder?.secret });
    forget();
    show("enter");
    say(words.deleted, true);
  }

  function forget() {
    holder = undefined;
    isSure = false;
    text.value = "";
    typed.value = "";
    part("messages").replaceChildren();
  }

  function leave() {
    forget();
    show("enter");
  }

  async function trying(/** @type {() => unknown} */ deed) {
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll("button"));
    for (const button of buttons) button.disabled = true;
    try {
      await deed();
    } catch (error) {
      if (error instanceof TooLong) say(words.long.replace("%s", String(Math.ceil(error.bytes / 3))));
      else say((error instanceof Refused && error.message) || words.failed);
    }
    for (const button of buttons) button.disabled = false;
  }

  const deeds = /** @type {Record<string, () => unknown>} */ ({ enter, write, delete: remove, leave });
  const clicked = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-go]");
    if (button) trying(deeds[/** @type {HTMLElement} */ (button).dataset.go ?? ""]);
  };
  const submitted = (/** @type {Event} */ event) => {
    event.preventDefault();
    trying(holder ? write : enter);
  };
  form.addEventListener("click", clicked);
  form.addEventListener("submit", submitted);
  window.addEventListener("pagehide", leave);
  form.hidden = false;
  if (!isSecureContext) say(words.insecure);
  return () => {
    form.removeEventListener("click", clicked);
    form.removeEventListener("submit", submitted);
    window.removeEventListener("pagehide", leave);
  };
}
