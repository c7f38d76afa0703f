/**
 * Where an appointed officer's browser makes their key. The private half leaves it only under the key phrase.
 *
 *   <form data-tip-key data-words="{…}" data-make="…" data-next="…">
 */
import { Encrypter, armor, generateX25519Identity, identityToRecipient } from "../vendor/age-encryption/age-encryption.mjs";
import { digitsOf, grouped, newCode } from "./receipt.js";
import { fingerprint } from "./sealing.js";
import { Refused, post } from "./working.js";

const WORK = 17; // scrypt with 128 MiB; the phrase's 76 bits carry the weight

/** @param {HTMLFormElement} form */
export function connect(form) {
  const words = JSON.parse(form.dataset.words ?? "{}");
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const problem = part("problem");
  const typed = /** @type {HTMLInputElement} */ (part("typed"));
  const token = document.querySelector("meta[name=csrf-token]")?.getAttribute("content") ?? "";
  let phrase = newCode();
  part("code").textContent = grouped(phrase);

  function say(/** @type {string} */ message, calm = false) {
    problem.textContent = message;
    problem.hidden = !message;
    problem.classList.toggle("og-note--r", !calm);
  }

  function show(/** @type {string} */ step) {
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-step]")))
      section.hidden = section.dataset.step !== step;
    part("code").textContent = step === "code" ? grouped(phrase) : "";
    say("");
  }

  async function make() {
    if (digitsOf(typed.value) !== phrase) return say(words.code);
    say(words.working, true);
    await new Promise((resolve) => setTimeout(resolve, 50)); // the words are to be seen before the work begins
    const identity = await generateX25519Identity();
    const publicKey = await identityToRecipient(identity);
    const encrypter = new Encrypter();
    encrypter.setPassphrase(phrase);
    encrypter.setScryptWorkFactor(WORK);
    const wrapped = armor.encode(await encrypter.encrypt(identity));
    await post(form.dataset.make ?? "", { public_key: publicKey, wrapped_key: wrapped }, { "X-CSRFToken": token });
    phrase = "";
    show("done");
    part("fingerprint").textContent = fingerprint(publicKey);
  }

  const clicked = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-go]"));
    if (!button) return;
    try {
      if (button.dataset.go === "make") await make();
      else show(button.dataset.go ?? "");
    } catch (error) {
      say((error instanceof Refused && error.message) || words.failed);
    }
  };
  form.addEventListener("click", clicked);
  form.hidden = false;
  return () => form.removeEventListener("click", clicked);
}
