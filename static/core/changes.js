/**
 * Hears from the relay that something has changed, and lets a page ask what: calmly, and also where there is no relay.
 *
 *   <section data-relay="http://…:8001/" data-ticket="…" data-renew="/live/ticket/" data-mark="12:12:">…</section>
 *
 * At most one question in `PAUSE`, each a little after the event so that a thousand pages do not ask at once. A connection
 * that ends is tried again, later and later; meanwhile, and where `data-relay` is empty, the page asks once a minute.
 * A page that nobody looks at holds no connection: browsers allow few, and it catches up when it is looked at again.
 */

const PAUSE = 5_000; // milliseconds between two questions
const SPREAD = 1_500; // over which the pages that heard the same ask
const WIDE_SPREAD = 8_000; // the same where all pages have to ask, as after an outage
const MINUTE = 60_000; // between two questions without a relay
const SILENCE = 40_000; // without a sign of life after which a connection is taken for dead
const FIRST_WAIT = 1_000; // before a connection is tried again
const TICKET_LASTS = 8 * MINUTE; // after which a page asks for a new one; it is good for ten

/** The event by which a page tells all its parts what its one connection has heard; its detail is a list of changes. */
export const CHANGED = "onegrid:changed";

/** The first status with which a site says that it cannot answer now, and a page asks again. */
export const FAILED = 500;

/** @typedef {[subject: string, kind: string]} Change */

/** @param {number} most */
const upTo = (most) => Math.random() * most;

/**
 * @param {HTMLElement} root what holds the address and the ticket
 * @param {(changes: Change[]) => boolean} concerns whether the page has to do with some of these changes
 * @param {() => Promise<boolean>} ask asks the site what has changed, and shows it; tells whether the site answered
 * @returns {() => void} how to stop
 */
export function listen(root, concerns, ask) {
  let { relay = "", ticket = "", mark: seen = "" } = root.dataset;
  let ticketAt = Date.now();
  let heardAt = Date.now();
  let askedAt = 0;
  let failures = 0;
  let misses = 0;
  let isHeard = false;
  let isOver = false;
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let question;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let attempt;

  const askSoon = (/** @type {number} */ spread) => {
    if (question || isOver || document.hidden) return;
    const wait = Math.max(200 + upTo(spread), askedAt + PAUSE - Date.now());
    question = setTimeout(async () => {
      const isAnswered = await ask().catch(() => false);
      misses = isAnswered ? 0 : misses + 1;
      askedAt = Date.now() + (isAnswered ? 0 : Math.min(MINUTE, PAUSE * 2 ** misses));
      question = undefined;
      if (!isAnswered) askSoon(WIDE_SPREAD);
    }, wait);
  };

  const close = () => {
    clearTimeout(attempt);
    source?.close();
    source = undefined;
    isHeard = false;
  };

  const again = () => {
    close();
    if (isOver || document.hidden) return;
    attempt = setTimeout(open, Math.min(MINUTE, FIRST_WAIT * 2 ** failures) * (0.5 + upTo(1)));
    failures += 1;
  };

  /** Ask for a new ticket where ours is old or was not taken; tell whether there is one to show. */
  async function renew() {
    if (Date.now() - ticketAt < TICKET_LASTS && failures < 2) return true;
    const answer = await fetch(root.dataset.renew ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return false;
    ({ url: relay, ticket } = await answer.json());
    ticketAt = Date.now();
    return Boolean(relay);
  }

  async function open() {
    close();
    if (!relay) return;
    try {
      if (!(await renew())) return again();
    } catch {
      return again();
    }
    if (isOver || document.hidden) return;
    const stream = new EventSource(`${relay}events?${new URLSearchParams({ ticket, since: seen })}`);
    source = stream;
    heardAt = Date.now();
    const hear = (/** @type {string} */ name, /** @type {(data: string) => void} */ act) =>
      stream.addEventListener(name, (event) => {
        seen = event.lastEventId;
        heardAt = Date.now();
        failures = 0;
        act(event.data);
      });
    hear("beat", () => {});
    hear("much", () => askSoon(WIDE_SPREAD));
    hear("changes", (data) => {
      const changes = JSON.parse(data);
      document.dispatchEvent(new CustomEvent(CHANGED, { detail: changes }));
      if (concerns(changes)) askSoon(SPREAD);
    });
    stream.addEventListener("open", () => {
      isHeard = true;
    });
    stream.addEventListener("error", again);
  }

  const look = () => {
    if (!isHeard) askSoon(SPREAD);
    if (source && Date.now() - heardAt > SILENCE) again();
  };
  const turn = () => {
    if (document.hidden) return close();
    if (!relay) return askSoon(SPREAD);
    return void open();
  };

  const timer = setInterval(look, MINUTE * (0.9 + upTo(0.2)));
  document.addEventListener("visibilitychange", turn);
  open();
  return () => {
    isOver = true;
    close();
    clearTimeout(question);
    clearInterval(timer);
    document.removeEventListener("visibilitychange", turn);
  };
}
