/**
 * Puts a reply template into the text below it, without sending the form.
 *
 *   <div data-reply="#f_note"><select><option data-text="…">…</option></select><button name="_reply">…</button></div>
 *
 * Choosing one fills an empty text, or replaces what was put in before and nobody has touched; the button adds it to
 * what was typed.
 */

/** @param {HTMLElement} element */
export function connect(element) {
  const select = element.querySelector("select");
  const button = element.querySelector("button");
  const text = /** @type {HTMLTextAreaElement | null} */ (document.querySelector(element.dataset.reply ?? ""));
  if (!select || !button || !text) return undefined;
  let put = "";
  button.type = "button"; // so that ↵ in the form means its step

  const write = (/** @type {string} */ words) => {
    text.value = words;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const chosen = () => select.selectedOptions[0]?.dataset.text ?? "";
  const choose = () => {
    if (!chosen() || (text.value.trim() && text.value !== put)) return;
    put = chosen();
    write(put);
  };
  const insert = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (chosen() && !text.value.includes(chosen())) write([text.value.trim(), chosen()].filter(Boolean).join("\n"));
    put = text.value;
    text.focus();
  };
  select.addEventListener("change", choose);
  button.addEventListener("click", insert);
  choose(); // somebody may have been quicker than this script
  return () => {
    select.removeEventListener("change", choose);
    button.removeEventListener("click", insert);
  };
}
