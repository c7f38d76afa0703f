/**
 * Says on the page of a case that it has changed meanwhile: who did what and when. Nothing that is written is touched.
 *
 *   <div id="case-news" data-case-news="0197…" data-relay="…" data-ticket="…" data-renew="…" data-news="/cases/OG-…/news/?"
 *        data-last="the entry of the timeline that was drawn last"></div>
 *
 * The server draws the note; its link shows the case as it stands now, and leaves an open form as it is.
 */
import { FAILED, listen } from "../core/changes.js";
import { say } from "../core/live.js";

/** @param {HTMLElement} root */
export function connect(root) {
  const { caseNews: subject = "", news = "", last = "" } = root.dataset;

  async function ask() {
    const words = new URLSearchParams({ last });
    if (document.querySelector("#step form")) words.set("writing", "1");
    const answer = await fetch(`${news}&${words}`);
    if (answer.status !== 200 || answer.redirected || !root.isConnected) return answer.status < FAILED;
    const drawn = await answer.text();
    if (drawn === root.dataset.drawn) return true;
    root.dataset.drawn = drawn;
    window.htmx.swap(root, drawn, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
    say(root.querySelector("p")?.textContent ?? "");
    return true;
  }

  return listen(root, (changes) => changes.some(([changed]) => changed === subject), ask);
}
