/**
 * What the page asks of its worker and of the server. Requests carry no cookie and no address of where they come from.
 */

/** What the server refused, in the reader's words. */
export class Refused extends Error {}

/** @param {string} url of the worker @param {object} task @returns {Promise<any>} */
function work(url, task) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
    worker.postMessage(task);
  });
}

/** What a receipt code leads to. @param {string} worker @param {string} code */
export function derive(worker, code) {
  return work(worker, { code });
}

/** Send one JSON object; return the answer's. @param {string} url @param {object} body @param {Record<string, string>} [headers] */
export async function post(url, body, headers = {}) {
  const credentials = headers["X-CSRFToken"] ? "same-origin" : "omit";
  const response = await fetch(url, {
    method: "POST",
    credentials,
    referrerPolicy: credentials === "omit" ? "no-referrer" : "same-origin",
    cache: "no-store",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.detail ?? "");
  return answer;
}

/** Get a puzzle and solve it. @param {string} url @param {string} worker */
export async function paid(url, worker) {
  const { puzzle } = await post(url, {});
  return { puzzle, numbers: await work(worker, { puzzle }) };
}
