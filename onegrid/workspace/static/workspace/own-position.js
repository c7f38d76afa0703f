/**
 * Fills two fields with the device's own position. Where it gives none, the fields stay for typing.
 *
 *   <button type="button" data-own-position data-lon="#lon" data-lat="#lat" data-found="Accurate to %s m." data-failed="…">…</button>
 *   <p data-own-position-said></p>
 */
import { say } from "../core/live.js";

/** @param {HTMLElement} button */
export function connect(button) {
  const words = button.parentElement?.querySelector("[data-own-position-said]");
  const tell = (/** @type {string} */ text) => {
    if (words) words.textContent = text;
    say(text);
  };
  const fill = (/** @type {string} */ selector, /** @type {number} */ value) => {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector(selector));
    if (!field) return;
    field.value = value.toFixed(6);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const found = (/** @type {GeolocationPosition} */ position) => {
    fill(button.dataset.lon ?? "", position.coords.longitude);
    fill(button.dataset.lat ?? "", position.coords.latitude);
    tell((button.dataset.found ?? "").replace("%s", String(Math.round(position.coords.accuracy))));
  };
  const failed = () => tell(button.dataset.failed ?? "");
  const ask = () => {
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15000 });
  };
  button.addEventListener("click", ask);
  return () => button.removeEventListener("click", ask);
}
