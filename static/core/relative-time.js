/**
 * Lets a clock chip tick by the minute, in the language of the page and without animation.
 *
 *   <span class="og-clock og-clock--g" data-relative-time="2026-11-24T09:00:00Z" data-since="2026-11-20T03:00:00Z">
 *     <svg class="og-i"><use href="…#i-clk-g"/></svg><span data-state>on time: </span><span data-left>1 h 5 min left</span>
 *   </span>
 *
 * With `data-since` the chip also changes its state at 80 % and at 100 % of the time. Its words come from the page:
 * <body data-clock-words='{"left": "%s left", …}'>, rendered by the same code that made the chip's first text.
 */

const MINUTE = 60_000;
const LONG = 100; // days from which hours say nothing any more
const VERY_LONG = 1000; // days from which days say nothing any more
const YEAR = 365;

/** @returns {Record<string, string>} */
const words = () => JSON.parse(document.body.dataset.clockWords ?? "{}");

/**
 * Say a length of time by its two largest units, a long one in whole days or years, as `onegrid.core.durations.spoken` does.
 * @param {number} milliseconds @param {Record<string, string>} text
 */
export function spoken(milliseconds, text) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const say = (/** @type {number} */ count, /** @type {string} */ unit) => unit.replace("%s", String(count));
  if (days >= VERY_LONG) return say(Math.floor(days / YEAR), text.years);
  if (days >= LONG) return say(days, text.days);
  const parts = days ? [[days, text.days], [hours, text.hours]] : [[hours, text.hours], [rest, text.minutes]];
  const said = parts.filter(([count]) => count).map(([count, unit]) => say(Number(count), String(unit)));
  return said.join(" ") || say(0, text.minutes);
}

/** @param {number} due @param {number} since @param {number} now */
function stateAt(due, since, now) {
  if (now > due) return "r";
  return (now - since) / (due - since) >= 0.8 ? "y" : "g";
}

/** @param {HTMLElement} chip @param {string} state @param {Record<string, string>} text */
function redress(chip, state, text) {
  chip.className = chip.className.replace(/og-clock--[gyr]/, `og-clock--${state}`);
  const shape = chip.querySelector("use");
  shape?.setAttribute("href", (shape.getAttribute("href") ?? "").replace(/clk-[gyr]$/, `clk-${state}`));
  const word = chip.querySelector("[data-state]");
  if (word) word.textContent = text[state];
}

/** @param {HTMLElement} chip */
export function connect(chip) {
  const due = Date.parse(chip.dataset.relativeTime ?? "");
  const since = Date.parse(chip.dataset.since ?? "");
  const left = chip.querySelector("[data-left]");
  if (Number.isNaN(due) || !left) return undefined;
  const tick = () => {
    const text = words();
    const now = Date.now();
    left.textContent = (now > due ? text.over : text.left).replace("%s", spoken(Math.abs(due - now), text));
    if (!Number.isNaN(since)) redress(chip, stateAt(due, since, now), text);
  };
  tick();
  const timer = setInterval(tick, MINUTE);
  return () => clearInterval(timer);
}
