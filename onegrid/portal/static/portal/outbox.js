/** The reports that wait on this device until there is a network, in IndexedDB: nothing is lost when the page closes. */

/**
 * @typedef {object} Kept
 * @property {string} id
 * @property {string} at when it was written
 * @property {string} text
 * @property {string} state under which it is sent, each time the same: so that twice is once
 * @property {[string, string][]} fields
 * @property {{file: File, url: string}[]} files
 * @property {string} [problem]
 * @property {{number: string, link: string}} [sent]
 */

/** @returns {Promise<IDBDatabase>} */
const opened = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("onegrid-reports", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} act @returns {Promise<T>} */
async function within(mode, act) {
  const database = await opened();
  try {
    const transaction = database.transaction("kept", mode, { durability: "strict" });
    const request = act(transaction.objectStore("kept"));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } finally {
    database.close();
  }
}

/** All that is kept, oldest first. @returns {Promise<Kept[]>} */
export const all = async () => (await within("readonly", (store) => store.getAll())).sort((a, b) => a.at.localeCompare(b.at));

/** @param {Kept} kept */
export const save = (kept) => within("readwrite", (store) => store.put(kept));

/** @param {string} id */
export const remove = (id) => within("readwrite", (store) => store.delete(id));

/** Keep a report. @param {Omit<Kept, "id" | "at">} report */
export async function keep(report) {
  navigator.storage?.persist?.();
  await save({ ...report, id: crypto.randomUUID?.() ?? String(Math.random()), at: new Date().toISOString() });
}
