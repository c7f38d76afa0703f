/**
 * What somebody attaches to a tip: files, pictures with a copy that says nothing of their device, recordings.
 *
 *   <div data-attached data-…words…> <input type="file" data-files> <button data-record> <input data-masked> <ul data-list>
 */
import { LARGEST_FILE, sendFile } from "./sealed-files.js";
import { record } from "./voice.js";

const PICTURES = new Set(["image/jpeg", "image/png", "image/webp"]);
const MOST = 5; // files; a picture is two, itself and its copy

/** @typedef {{blob: Blob, name: string, type: string, role: string}} Item */

/** A copy of a picture's pixels and nothing else. @param {Blob} picture @returns {Promise<Blob>} */
async function pixelsOf(picture) {
  const bitmap = await createImageBitmap(picture);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", 0.9),
  );
}

/** @param {HTMLElement} root @param {Record<string, string>} words @param {(message: string) => void} say */
export function attachments(root, words, say) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
  const input = /** @type {HTMLInputElement} */ (part("files"));
  const button = /** @type {HTMLButtonElement} */ (part("record"));
  const masked = /** @type {HTMLInputElement} */ (part("masked"));
  const list = part("list");
  /** @type {Array<{line: HTMLElement, items: Item[]}>} */
  let held = [];
  /** @type {{stop: () => Promise<Blob>} | undefined} */
  let recording;

  function hold(/** @type {string} */ label, /** @type {Item[]} */ items, /** @type {HTMLElement} */ preview) {
    const line = list.appendChild(document.createElement("li"));
    line.append(Object.assign(document.createElement("span"), { textContent: label }), preview);
    const remove = line.appendChild(document.createElement("button"));
    Object.assign(remove, { type: "button", className: "og-btn og-btn--s", textContent: words.remove });
    const entry = { line, items };
    remove.onclick = () => {
      held = held.filter((one) => one !== entry);
      line.remove();
    };
    held.push(entry);
  }

  async function add(/** @type {File} */ file) {
    if (held.length >= MOST) return say(words.many);
    if (file.size > LARGEST_FILE) return say(words.large);
    const { name, type } = file;
    const original = { blob: file, name, type, role: "original" };
    const copy = PICTURES.has(type) ? await pixelsOf(file).catch(() => undefined) : undefined;
    if (!copy) return hold(`${name} · ${words.whole}`, [original], document.createElement("span"));
    const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(copy), alt: "" });
    hold(`${name} · ${words.copied}`, [{ blob: copy, name: "copy.jpg", type: "image/jpeg", role: "copy" }, original], picture);
  }

  async function toggle() {
    if (!recording) {
      if (held.length >= MOST) return say(words.many);
      recording = await record({ isMasked: masked.checked }).catch(() => undefined);
      if (!recording) return say(words.microphone);
      masked.disabled = true;
      button.textContent = words.stop;
      return undefined;
    }
    const blob = await recording.stop();
    recording = undefined;
    button.textContent = words.record;
    masked.disabled = false;
    const sound = Object.assign(document.createElement("audio"), { controls: true, src: URL.createObjectURL(blob) });
    const label = masked.checked ? words.masked : words.unmasked;
    return hold(label, [{ blob, name: "voice", type: blob.type, role: "voice" }], sound);
  }

  input.addEventListener("change", async () => {
    for (const file of [...(input.files ?? [])]) await add(file);
    input.value = "";
  });
  button.addEventListener("click", toggle);

  return {
    isEmpty: () => held.length === 0,
    clear() {
      recording?.stop();
      recording = undefined;
      held = [];
      list.replaceChildren();
    },
    /** @param {{url: string, keys: string[], puzzle: string, numbers: string[]}} way @param {(text: string) => void} told */
    async send(way, told) {
      const items = held.flatMap(({ items: these }) => these);
      const named = [];
      for (const [place, item] of items.entries()) {
        const step = (/** @type {number} */ share) =>
          told(words.sending.replace("%s", `${place + 1}/${items.length}, ${Math.round(share * 100)} %`));
        named.push(await sendFile(item, { ...way, told: step }));
      }
      return named;
    },
  };
}
