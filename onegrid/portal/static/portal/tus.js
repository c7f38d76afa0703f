/**
 * Sends one file piece by piece by the tus protocol 1.0.0: what is cut off goes on where it was, a bad line gets
 * smaller pieces.
 */

const FIRST = 64 * 1024; // bytes of the first piece
const LARGEST = 4 * 1024 * 1024;
const GOOD = 3000; // ms a piece should take: it is no loss to send it again, and holds nobody up
const LONGEST_PAUSE = 30_000;
const AGAIN = [409, 423, 460, 502, 503, 504]; // and 0, where nobody answered

/** What the server does not take, in its own words; trying again would not help. */
export class Refused extends Error {}

class CutOff extends Error {}

/**
 * @typedef {object} Watch
 * @property {AbortSignal} [signal]
 * @property {(sent: number, of: number) => void} [progress]
 * @property {() => void} [waiting] nobody answers; it goes on by itself
 * @property {string} [url] of the same file, if some of it was sent before
 * @property {(url: string) => void} [begun]
 */

/**
 * @param {string} method @param {string} url @param {Record<string, string>} headers
 * @param {{body?: Blob, signal?: AbortSignal, progress?: (sent: number) => void}} [also]
 * @returns {Promise<XMLHttpRequest>}
 */
function ask(method, url, headers, { body, signal, progress } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open(method, url);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("loadend", () => {
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) reject(signal.reason);
      else if (!request.status || AGAIN.includes(request.status)) reject(new CutOff());
      else resolve(request);
    });
    signal?.addEventListener("abort", stop);
    request.send(body ?? null);
  });
}

/** @param {XMLHttpRequest} request */
function refusal(request) {
  try {
    return new Refused(JSON.parse(request.responseText).detail);
  } catch {
    return new Refused(`${request.status}`);
  }
}

/** @param {string} text */
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** @param {number} tries @param {AbortSignal} [signal] */
function pause(tries, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.min(1000 * 2 ** tries, LONGEST_PAUSE));
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve(undefined);
    }
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}

/** @param {string} address @param {File} file @param {AbortSignal} [signal] */
async function begin(address, file, signal) {
  const headers = { "Upload-Length": String(file.size), "Upload-Metadata": `filename ${encoded(file.name)}` };
  const answer = await ask("POST", address, headers, { signal });
  if (answer.status !== 201) throw refusal(answer);
  return new URL(answer.getResponseHeader("Location") ?? "", location.href).href;
}

/** How far an upload is; nothing where it is gone. @param {string} url @param {AbortSignal} [signal] */
async function standing(url, signal) {
  const answer = await ask("HEAD", url, {}, { signal });
  return answer.status === 200 ? Number(answer.getResponseHeader("Upload-Offset")) : undefined;
}

/** @param {string} url @param {File} file @param {number} from @param {Watch} watch */
async function pieces(url, file, from, { signal, progress }) {
  let offset = from;
  let size = FIRST;
  while (offset < file.size) {
    const started = performance.now();
    const here = offset;
    const answer = await ask(
      "PATCH",
      url,
      { "Upload-Offset": String(here), "Content-Type": "application/offset+octet-stream" },
      { body: file.slice(here, here + size), signal, progress: (sent) => progress?.(here + sent, file.size) },
    );
    if (answer.status !== 204) throw refusal(answer);
    offset = Number(answer.getResponseHeader("Upload-Offset"));
    size = Math.min(LARGEST, Math.max(FIRST, (size * GOOD) / Math.max(performance.now() - started, 1)));
  }
}

/**
 * Send a file, however often the line breaks; return the id it is known by.
 *
 * @param {File} file @param {string} address @param {Watch} watch
 * @throws {Refused} what the server does not take
 */
export async function send(file, address, watch = {}) {
  let url = watch.url;
  for (let tries = 0; ; tries += 1) {
    try {
      let offset = url ? await standing(url, watch.signal) : 0;
      if (!url || offset === undefined) {
        url = await begin(address, file, watch.signal);
        watch.begun?.(url);
        offset = 0;
      }
      if (offset) tries = 0;
      await pieces(url, file, offset, watch);
      return url.replace(/\/$/, "").split("/").pop() ?? "";
    } catch (error) {
      if (!(error instanceof CutOff)) throw error;
      watch.waiting?.();
      await pause(tries, watch.signal);
      watch.signal?.throwIfAborted();
    }
  }
}

/** Forget what was sent of a file. @param {string} url */
export function forget(url) {
  return ask("DELETE", url, {}).catch(() => {});
}
