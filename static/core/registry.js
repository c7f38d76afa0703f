/**
 * Binds behaviours to elements, on load and after every htmx swap.
 *
 * A behaviour is a module `<app>/<name>.js` exporting `connect(element)`, which returns how to disconnect.
 * It is fetched when the page first holds its attribute:
 *
 *   <button data-copy="#code">…</button>     →  static/core/copy.js
 *
 * The page tells where each one lives: <meta name="behaviours" content='{"copy": "/static/core/copy.js"}'>.
 */

/** @typedef {(() => void) | void} Disconnect */
/** @type {Record<string, string>} */
const sources = JSON.parse(document.querySelector('meta[name="behaviours"]')?.getAttribute("content") ?? "{}");

/** @type {WeakMap<Element, Map<string, Disconnect>>} */
const bound = new WeakMap();

/** @param {Element} element @param {string} name */
async function bind(element, name) {
  const names = bound.get(element) ?? new Map();
  if (names.has(name)) return;
  names.set(name, undefined);
  bound.set(element, names);
  const behaviour = await import(sources[name]);
  if (element.isConnected) names.set(name, behaviour.connect(element));
}

/** @param {Element} root */
function connectAll(root) {
  for (const name of Object.keys(sources)) {
    const selector = `[data-${name}]`;
    if (root.matches(selector)) bind(root, name);
    for (const element of root.querySelectorAll(selector)) bind(element, name);
  }
}

/** @param {Element} element */
function release(element) {
  for (const disconnect of bound.get(element)?.values() ?? []) disconnect?.();
  bound.delete(element);
}

connectAll(document.body);
document.addEventListener("htmx:load", (event) => connectAll(/** @type {Element} */ (event.target)));
document.addEventListener("htmx:beforeCleanupElement", (event) => release(/** @type {Element} */ (event.target)));
