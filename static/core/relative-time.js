/**
 * Lets a clock chip tick by the minute, in the language of the page and without animation.
 *
 *   <span class="og-clock og-clock--g" data-relative-time="2026-11-24T09:00:00Z" data-since="2026-11-20T03:00:00Z">
 *     <svg class="og-i"><use href="…#i-clk-g"/></svg><span data-state>on time: </span><span data-left>1 h 5 min left</span>
 *   </span>
 *
 * With `data-counts` its words tick in the time that counts: what is counted, the seconds left and when that was, and the
 * spells of the day to come that count ("working_days 190800.000 1732579200.000 1732579200-1732665600"). `onegrid.cases.rules.clock_left`.
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
 * Round what is left, below zero when it is late, to whole minutes, as `onegrid.core.durations.left_in_minutes` does.
 * @param {number} milliseconds
 */
export const inMinutes = (milliseconds) => Math.ceil(milliseconds / MINUTE) * MINUTE;

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

/**
 * Say a length of working time, as `onegrid.cases.rules.clock_left` does.
 * @param {number} milliseconds @param {string} counting @param {Record<string, string>} text
 */
export function counted(milliseconds, counting, text) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60), minutes % 60];
  const say = (/** @type {number} */ count, /** @type {string} */ unit) => unit.replace("%s", String(count));
  const many = (/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ more) =>
    count === 1 ? one : say(count, more);
  const small = rest ? say(rest, text.minutes) : "";
  if (counting === "working_hours") {
    if (!hours && rest) return text.of_work.replace("%s", small);
    return [many(hours, text.working_hour, text.working_hours), small].join(" ").trim();
  }
  if (!days && minutes) return text.of_a_day.replace("%s", [hours ? say(hours, text.hours) : "", small].join(" ").trim());
  const left = hours % 24 && days < LONG ? say(hours % 24, text.hours) : "";
  return [many(days, text.working_day, text.working_days), left].join(" ").trim();
}

/**
 * Return the milliseconds that are left at a moment, below zero when it is late, and what they are counted in.
 * @param {string} counts @param {number} now
 */
function leftOf(counts, now) {
  const [counting, seconds, at, ...spells] = counts.split(" ");
  const passed = spells.map((spell) => {
    const [start, end] = spell.split("-").map((edge) => Number(edge) * 1000);
    return Math.max(0, Math.min(end, now) - Math.max(start, Number(at) * 1000));
  });
  return { counting, left: Number(seconds) * 1000 - passed.reduce((sum, each) => sum + each, 0) };
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
  const { counts } = chip.dataset;
  const said = (/** @type {number} */ now, /** @type {Record<string, string>} */ text) => {
    if (!counts) return spoken(Math.abs(inMinutes(due - now)), text);
    const { counting, left: rest } = leftOf(counts, now);
    return counted(Math.abs(inMinutes(rest)), counting, text);
  };
  const tick = () => {
    const text = words();
    const now = Date.now();
    left.textContent = (now > due ? text.over : text.left).replace("%s", said(now, text));
    if (!Number.isNaN(since)) redress(chip, stateAt(due, since, now), text);
  };
  tick();
  const timer = setInterval(tick, MINUTE);
  return () => clearInterval(timer);
}
