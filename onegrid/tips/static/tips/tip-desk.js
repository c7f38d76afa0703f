/**
 * The desk of a reader: unlock the key with the key phrase, open what is shown, seal what is answered.
 *
 *   <div data-tip-desk data-words="{…}" data-wrapped="-----BEGIN AGE…"> … <div data-sealed="…" data-tip="age1…">
 *
 * The key lives in this page's memory, until it is left, locked, or unused for a quarter of an hour.
 */
import { Decrypter, armor } from "../vendor/age-encryption/age-encryption.mjs";
import { ask, back, file } from "./desk-case.js";
import { drawFiles } from "./desk-files.js";
import { digitsOf, isWhole } from "./receipt.js";
import { TooLong, open, seal } from "./sealing.js";
import { Refused, post } from "./working.js";

const REST = 15 * 60 * 1000; // milliseconds

/** @param {HTMLElement} desk */
export function connect(desk) {
  const words = JSON.parse(desk.dataset.words ?? "{}");
  const token = document.querySelector("meta[name=csrf-token]")?.getAttribute("content") ?? "";
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (desk.querySelector(`[data-${name}]`));
  let identity = "";
  let resting = 0;

  function say(/** @type {string} */ message, calm = false) {
    part("problem").textContent = message;
    part("problem").hidden = !message;
    part("problem").classList.toggle("og-note--r", !calm);
  }

  async function unlock() {
    const typed = /** @type {HTMLInputElement} */ (part("phrase"));
    const phrase = digitsOf(typed.value);
    if (!isWhole(phrase)) return say(words.digits);
    say(words.working, true);
    await new Promise((resolve) => setTimeout(resolve, 50)); // the words are to be seen before the work begins
    const decrypter = new Decrypter();
    decrypter.addPassphrase(phrase);
    try {
      identity = await decrypter.decrypt(armor.decode(desk.dataset.wrapped ?? ""), "text");
    } catch {
      return say(words.phrase);
    }
    typed.value = "";
    say("");
    lockable(true);
    await openAll();
  }

  function lockable(/** @type {boolean} */ isOpen) {
    part("lock").hidden = !isOpen;
    part("unlock").hidden = isOpen;
  }

  function lock() {
    identity = "";
    lockable(false);
    openAll();
    say(words.sealed_again, true);
  }

  async function openAll() {
    const sealed = /** @type {NodeListOf<HTMLElement>} */ (desk.querySelectorAll("[data-sealed]"));
    await Promise.all([...sealed].map(openOne));
  }

  async function openOne(/** @type {HTMLElement} */ place) {
    place.classList.toggle("is-open", Boolean(identity));
    if (!identity) return void (place.textContent = words.locked);
    try {
      const message = await open(place.dataset.sealed ?? "", identity);
      // What was sealed for another tip does not belong here, whoever put it here.
      const warning = message.tip === place.dataset.tip ? "" : `${words.foreign}\n\n`;
      const answers = message.answers ? `${words.answers.replace("%s", message.answers)}\n\n` : "";
      place.textContent = warning + answers + message.text;
      const template = /** @type {HTMLTemplateElement} */ (part("file-template"));
      place.append(...drawFiles(message.files ?? [], { template, words, token, identity: () => identity, say }));
    } catch {
      place.textContent = words.broken;
    }
  }

  async function answer(/** @type {HTMLButtonElement} */ button) {
    const form = /** @type {HTMLFormElement} */ (button.form);
    const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    if (!text.value.trim()) return say(words.empty);
    const isNote = button.value === "note";
    const keys = ((isNote ? form.dataset.readerKeys : form.dataset.publicKeys) ?? "").split(",");
    const answers = isNote ? /** @type {HTMLInputElement} */ (form.elements.namedItem("answers")).value.trim() : "";
    const sealed = await seal({ v: 1, tip: form.dataset.tip, text: text.value.trim(), ...(answers && { answers }) }, keys);
    await post(form.dataset.say ?? "", { author: button.value, sealed }, { "X-CSRFToken": token });
    text.value = "";
    await showAgain(form);
  }

  async function showAgain(/** @type {HTMLFormElement} */ form) {
    say("");
    // @ts-expect-error htmx is a script of its own
    await window.htmx.ajax("GET", form.dataset.again, { target: "#tip", swap: "innerHTML" });
  }

  async function fileCase(/** @type {HTMLFormElement} */ form) {
    say(words.working, true);
    await file(form, { token, words });
    await showAgain(form);
  }

  // Who has not opened the tip has nothing to write a case from.
  const askCase = (/** @type {HTMLFormElement} */ form) => (identity ? ask(form) : say(words.locked));

  const used = () => {
    clearTimeout(resting);
    if (identity) resting = window.setTimeout(lock, REST);
  };
  const clicked = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest("[data-go]"));
    if (!button) return;
    button.disabled = true;
    try {
      const form = /** @type {HTMLFormElement} */ (button.form);
      const deeds = { unlock, lock, answer: () => answer(button), case: () => askCase(form), back: () => back(form) };
      await { ...deeds, file: () => fileCase(form) }[/** @type {"lock"} */ (button.dataset.go)]();
    } catch (error) {
      if (error instanceof TooLong) say(`${words.failed} (+${error.bytes})`);
      else say((error instanceof Refused && error.message) || words.failed);
    }
    button.disabled = false;
    used();
  };
  const entered = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && event.target === part("phrase")) unlock();
    used();
  };
  desk.addEventListener("click", clicked);
  desk.addEventListener("keydown", entered);
  desk.addEventListener("htmx:afterSettle", openAll);
  lockable(false);
  openAll();
  return () => {
    identity = "";
    clearTimeout(resting);
    desk.removeEventListener("click", clicked);
    desk.removeEventListener("keydown", entered);
    desk.removeEventListener("htmx:afterSettle", openAll);
  };
}
