/**
 * Shows the photos and files chosen so far, lets one add and remove some, and says at once what is too large, or no
 * photo where the input accepts only photos.
 *
 *   <div data-photo-choice data-most="6" data-limit="20971520" data-many data-large data-other data-remove data-alt>
 *     <ul data-photo-list hidden></ul> <input type="file" multiple accept="image/*"> <label hidden>…</label> <p data-photo-said hidden></p>
 *   </div>
 *
 * Without script the file input stays as it is.
 */

/** @param {HTMLElement} root */
export function connect(root) {
  const input = /** @type {HTMLInputElement} */ (root.querySelector("input[type=file]"));
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-photo-list]"));
  const said = /** @type {HTMLElement} */ (root.querySelector("[data-photo-said]"));
  const words = /** @type {Record<string, string>} */ (root.dataset);
  /** @type {File[]} */
  let photos = [];

  function tell(/** @type {string[]} */ faults) {
    said.textContent = faults.join(" ");
    said.hidden = !faults.length;
  }

  const isPhoto = (/** @type {File} */ file) => file.type.startsWith("image/");
  const onlyPhotos = input.accept.split(",").every((kind) => kind.trim().startsWith("image/"));

  function faultOf(/** @type {File} */ file) {
    if (onlyPhotos && !isPhoto(file)) return words.other.replace("%s", file.name);
    return isPhoto(file) && file.size > Number(words.limit) ? words.large.replace("%s", file.name) : "";
  }

  function likeness(/** @type {File} */ file) {
    if (!isPhoto(file)) return Object.assign(document.createElement("b"), { textContent: file.name });
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = words.alt.replace("%s", file.name);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    return image;
  }

  function picture(/** @type {File} */ file, /** @type {number} */ index) {
    const item = document.createElement("li");
    item.className = "po-shot";
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", words.remove.replace("%s", file.name));
    remove.addEventListener("click", () => {
      photos = photos.filter((_, other) => other !== index);
      tell([]);
      keep();
      input.focus();
    });
    item.append(likeness(file), remove);
    return item;
  }

  function keep() {
    const chosen = new DataTransfer();
    for (const photo of photos) chosen.items.add(photo);
    input.files = chosen.files;
    list.replaceChildren(...photos.map(picture));
    list.hidden = !photos.length;
  }

  function add() {
    const known = new Set(photos.map((photo) => `${photo.name}/${photo.size}/${photo.lastModified}`));
    const fresh = [...(input.files ?? [])].filter((file) => !known.has(`${file.name}/${file.size}/${file.lastModified}`));
    const faults = fresh.map(faultOf).filter(Boolean);
    photos = [...photos, ...fresh.filter((file) => !faultOf(file))];
    if (photos.length > Number(words.most)) faults.push(words.many);
    photos = photos.slice(0, Number(words.most));
    tell(faults);
    keep();
  }

  input.addEventListener("change", add);
  input.classList.add("is-scripted");
  for (const label of root.querySelectorAll("label[hidden]")) /** @type {HTMLElement} */ (label).hidden = false;
  if (input.files?.length) add();
  return () => input.removeEventListener("change", add);
}
