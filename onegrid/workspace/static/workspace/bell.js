/**
 * Keeps the number beside the bell: asks when the page is there, when it is looked at again, once a minute, and at once
 * where the page has a line to the relay and something was told to its reader.
 *
 *   <a href="/notices/" data-bell="the reader's id" data-ask="/notices/bell/" data-one="One unread notice" data-many="{n} unread notices">
 *     …<b data-number hidden></b></a>
 */
import { CHANGED } from "../core/changes.js";
import { say } from "../core/live.js";

const MINUTE = 60_000;

/** @param {HTMLElement} bell */
export function connect(bell) {
  const number = /** @type {HTMLElement} */ (bell.querySelector("[data-number]"));
  const { bell: reader = "", ask: address = "", one = "", many = "" } = bell.dataset;
  let isFirst = true;

  async function ask() {
    if (document.hidden) return;
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok || answer.redirected || !bell.isConnected) return;
    /** @type {{unread: string}} */
    const { unread } = await answer.json();
    const isMore = Number.parseInt(unread || "0", 10) > Number.parseInt(number.textContent || "0", 10);
    number.textContent = unread;
    number.hidden = !unread;
    bell.title = unread === "1" ? one : unread && many.replace("{n}", unread);
    if (isMore && !isFirst) say(bell.title);
    isFirst = false;
  }

  const hear = (/** @type {Event} */ event) => {
    const changes = /** @type {CustomEvent<import("../core/changes.js").Change[]>} */ (event).detail;
    if (changes.some(([subject]) => subject === reader)) ask();
  };

  const timer = setInterval(ask, MINUTE);
  document.addEventListener(CHANGED, hear);
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    clearInterval(timer);
    document.removeEventListener(CHANGED, hear);
    document.removeEventListener("visibilitychange", ask);
  };
}
