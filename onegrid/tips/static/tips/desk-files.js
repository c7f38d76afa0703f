/**
 * The files of an opened message: fetched sealed, opened in the browser; an original only with a reason.
 */
import { openFile } from "./sealed-files.js";

/** Kinds that a browser only draws or plays. Everything else is saved, never opened as a page of ours. */
const SHOWN = new Map([
  ["image/jpeg", "img"],
  ["image/png", "img"],
  ["image/webp", "img"],
  ["audio/webm", "audio"],
  ["audio/mp4", "audio"],
  ["audio/mpeg", "audio"],
  ["video/mp4", "video"],
  ["video/webm", "video"],
  ["video/quicktime", "video"],
]);

/** @typedef {{id: string, name: string, type: string, role: string}} Named */
/** @typedef {{template: HTMLTemplateElement, words: Record<string, string>, token: string, identity: () => string, say: (message: string) => void}} Desk */

/** @param {Named} file @param {Desk} desk @param {string} reason */
function fetched(file, desk, reason) {
  const address = desk.template.dataset[file.role === "original" ? "original" : "file"] ?? "";
  const url = address.replace(/0{8}-[0-]+/, encodeURIComponent(file.id));
  if (file.role !== "original") return fetch(url);
  const body = new URLSearchParams({ reason });
  return fetch(url, { method: "POST", headers: { "X-CSRFToken": desk.token }, body });
}

/** @param {{about: Named, bytes: Uint8Array}} opened @param {Desk} desk */
function shown({ about, bytes }, desk) {
  const tag = SHOWN.get(about.type);
  const blob = new Blob([/** @type {BlobPart} */ (bytes)], { type: tag ? about.type : "application/octet-stream" });
  const address = URL.createObjectURL(blob);
  const save = document.createElement("a");
  Object.assign(save, { href: address, download: about.name, textContent: desk.words.keep });
  if (!tag) return [save];
  const drawn = document.createElement(tag);
  drawn.setAttribute("src", address);
  if (tag === "img") drawn.setAttribute("alt", about.name);
  else drawn.setAttribute("controls", "");
  return [drawn, save];
}

/** @param {Named[]} files @param {Desk} desk @returns {HTMLElement[]} */
export function drawFiles(files, desk) {
  return files.map((file) => {
    const copy = /** @type {DocumentFragment} */ (desk.template.content.cloneNode(true));
    const box = /** @type {HTMLElement} */ (copy.firstElementChild);
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`[data-${name}]`));
    part("role").textContent = desk.words[file.role] ?? "";
    part("why").hidden = file.role !== "original";
    part("open-file").addEventListener("click", async () => {
      const reason = /** @type {HTMLInputElement} */ (part("reason")).value.trim();
      if (file.role === "original" && !reason) return desk.say(desk.words.reason);
      const response = await fetched(file, desk, reason);
      if (!response.ok) return desk.say((await response.json().catch(() => ({}))).detail ?? desk.words.failed);
      try {
        const opened = await openFile(response, desk.identity());
        part("name").textContent = opened.about.name;
        part("shown").replaceChildren(...shown(opened, desk));
        desk.say("");
      } catch {
        desk.say(desk.words.broken);
      }
      return undefined;
    });
    return box;
  });
}
