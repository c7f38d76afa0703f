/**
 * Single-key shortcuts: off while typing, can be switched off, listed under `?`.
 *
 * An element says its own key; pressing it clicks the element, or focuses it when it is a field:
 *
 *   <a href="/cases/new/" data-key="c" data-key-label="New case">…</a>      <a href="/map/" data-key="g m">…</a>
 *
 * Keys without an element of their own (J, K, X in a list) are bound by a behaviour with `bindKeys`, and
 * listed by the page in its `keys` block. `data-keys` stands on the dialog that lists them all:
 *
 *   <dialog data-keys><ul data-keys-list></ul><input type="checkbox" data-keys-switch></dialog>
 */

const STORE = "single-keys";
const NAMES = /** @type {Record<string, string>} */ ({ Escape: "Esc", Enter: "↵" });
const PAUSE = 1000; // milliseconds in which the second key of a pair must follow

/** @type {Set<Record<string, (event: KeyboardEvent) => void>>} */
const tables = new Set();
let first = "";

/**
 * Bind keys to functions while the page holds them; returns how to unbind.
 * @param {Record<string, (event: KeyboardEvent) => void>} table
 */
export function bindKeys(table) {
  tables.add(table);
  return () => void tables.delete(table);
}

const isOn = () => localStorage.getItem(STORE) !== "off";

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  const quiet = 'input:not([type="checkbox"]):not([type="radio"]):not([type="button"]), textarea, select';
  return target.isContentEditable || target.matches(quiet);
}

/** Tell whether a key belongs to what has the focus: ↵ follows a link there. @param {KeyboardEvent} event */
function isForTarget({ key, target }) {
  return key === "Enter" && target instanceof HTMLElement && target.matches("a[href], button, summary, label, input");
}

/** Who holds each key now: of several in sight the last, as a form that has opened stands below what leads away. */
function owners() {
  const elements = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-key]")]);
  return new Map(elements.filter((element) => element.checkVisibility()).map((element) => [element.dataset.key, element]));
}

/** @param {HTMLElement} element */
function use(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

/** @param {string} key @param {KeyboardEvent} event */
function act(key, event) {
  const table = [...tables].reverse().find((entry) => key in entry);
  const element = owners().get(key);
  if (!table && !element) return false;
  event.preventDefault();
  if (table) table[key](event);
  else if (element) use(element);
  return true;
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog:modal") || !isOn() || isForTarget(event)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pair = first && `${first} ${key}`;
  first = "";
  if ((pair && act(pair, event)) || act(key, event)) return;
  first = key;
  setTimeout(() => {
    first = "";
  }, PAUSE);
}

/** @param {HTMLElement} element */
function line(element) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = element.dataset.keyLabel ?? element.ariaLabel ?? element.textContent?.trim() ?? "";
  const keys = document.createElement("span");
  for (const key of (element.dataset.key ?? "").split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key.length === 1 ? key.toUpperCase() : (NAMES[key] ?? key);
    keys.append(cap, " ");
  }
  item.append(label, keys);
  return item;
}

/** @param {HTMLDialogElement} dialog */
export function connect(dialog) {
  const list = dialog.querySelector("[data-keys-list]");
  const toggle = /** @type {HTMLInputElement | null} */ (dialog.querySelector("[data-keys-switch]"));
  const show = () => {
    list?.replaceChildren(...[...owners().values()].map(line));
    if (toggle) toggle.checked = isOn();
    dialog.showModal();
  };
  const store = () => localStorage.setItem(STORE, toggle?.checked ? "on" : "off");
  const openers = document.querySelectorAll("[data-keys-open]");
  const unbind = bindKeys({ "?": show });
  document.addEventListener("keydown", press);
  toggle?.addEventListener("change", store);
  for (const opener of openers) opener.addEventListener("click", show);
  return () => {
    unbind();
    document.removeEventListener("keydown", press);
    toggle?.removeEventListener("change", store);
    for (const opener of openers) opener.removeEventListener("click", show);
  };
}
