/**
 * Turns push messages on and off in this browser, and says how it stands.
 *
 *   <section data-push="the site's public key" data-worker="/static/…/push-worker.js" data-on="/notices/push/on/" data-off="/notices/push/off/"
 *            data-asks="where to ask whether this browser is told of this page's matter, if it can be told of several"
 *            data-is-on="…" data-is-off="…" data-denied="…" data-cannot="…" data-failed="…">
 *     <p data-said></p><button data-switch-on hidden>…</button><button data-switch-off hidden>…</button></section>
 */

/** What the site says no to, in the reader's words; what a browser complains of is in its own. */
class Refusal extends Error {}

/** @param {string} text */
function bytes(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer | null} buffer */
function urlText(buffer) {
  const raw = String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} address @param {Record<string, string>} fields */
async function tell(address, fields) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token } });
  if (answer.status === 422) throw new Refusal((await answer.json()).detail);
  if (answer.status !== 204) throw new Error(String(answer.status));
}

/** @param {string} address @param {string} endpoint */
async function isToldOf(address, endpoint) {
  return tell(address, { endpoint }).then(() => true, () => false);
}

/** @param {HTMLElement} section */
export function connect(section) {
  const { push: key = "", worker = "", on = "", off = "", asks = "", isOn, isOff, denied, cannot, failed } = section.dataset;
  const said = /** @type {HTMLElement} */ (section.querySelector("[data-said]"));
  const onButton = /** @type {HTMLButtonElement} */ (section.querySelector("[data-switch-on]"));
  const offButton = /** @type {HTMLButtonElement} */ (section.querySelector("[data-switch-off]"));

  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    said.textContent = cannot ?? "";
    return undefined;
  }

  const known = async () => (await navigator.serviceWorker.getRegistration(worker))?.pushManager.getSubscription();

  async function show(/** @type {string | undefined} */ problem = undefined) {
    const subscription = await known();
    const isThere = Boolean(subscription) && (!asks || (await isToldOf(asks, subscription?.endpoint ?? "")));
    said.textContent = (problem ?? (Notification.permission === "denied" ? denied : isThere ? isOn : isOff)) ?? "";
    onButton.hidden = isThere;
    offButton.hidden = !isThere;
  }

  async function turnOn() {
    if ((await Notification.requestPermission()) !== "granted") return;
    const registration = await navigator.serviceWorker.register(worker);
    await registration.update();
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const fields = { endpoint: subscription.endpoint, key: urlText(subscription.getKey("p256dh")), auth: urlText(subscription.getKey("auth")) };
    await tell(on, fields).catch(async (/** @type {Error} */ problem) => {
      if (!asks) await subscription.unsubscribe();
      throw problem;
    });
  }

  async function turnOff() {
    const subscription = await known();
    if (!subscription) return;
    await tell(off, { endpoint: subscription.endpoint });
    if (!asks) await subscription.unsubscribe();
  }

  const doing = (/** @type {() => Promise<void>} */ act) => () =>
    act().then(() => show(), (/** @type {Error} */ problem) => show(problem instanceof Refusal ? problem.message : failed));

  const [switchOn, switchOff] = [doing(turnOn), doing(turnOff)];
  onButton.addEventListener("click", switchOn);
  offButton.addEventListener("click", switchOff);
  show();
  return () => {
    onButton.removeEventListener("click", switchOn);
    offButton.removeEventListener("click", switchOff);
  };
}
