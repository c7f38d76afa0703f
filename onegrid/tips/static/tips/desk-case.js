/**
 * A case from a tip, in the officer's own words: asked once more, filed, and noted sealed for the other readers.
 *
 *   <form data-case="…" data-say="…" data-tip="age1…" data-reader-keys="age1…,age1…"> … <dialog> … </form>
 */
import { seal } from "./sealing.js";
import { post } from "./working.js";

/**
 * What the officer wrote, or nothing with the first field that is missing marked.
 * @param {HTMLFormElement} form
 */
function written(form) {
  const said = Object.fromEntries(new FormData(form));
  return form.reportValidity() ? /** @type {Record<string, string>} */ (said) : null;
}

/** Ask whether only the sender could know it. @param {HTMLFormElement} form */
export function ask(form) {
  if (written(form)) form.querySelector("dialog")?.showModal();
}

/** Put the question away. @param {HTMLFormElement} form */
export function back(form) {
  form.querySelector("dialog")?.close();
}

/**
 * File the case, then seal a note of it: only readers of the channel know which case came from which tip.
 * @param {HTMLFormElement} form @param {{ token: string, words: Record<string, string> }} desk
 */
export async function file(form, { token, words }) {
  back(form);
  const said = written(form);
  if (!said) return;
  form.dataset.caseId ??= crypto.randomUUID(); // sending twice files one case
  const { text, community, address, reason } = said;
  const body = { case_id: form.dataset.caseId, text, community, address, reason, is_own_words: true };
  const filed = await post(form.dataset.case ?? "", body, { "X-CSRFToken": token });
  const note = words.filed.replace("%(number)s", filed.number).replace("%(reason)s", reason).replace("%(name)s", filed.noted_as);
  const sealed = await seal({ v: 1, tip: form.dataset.tip, text: note }, (form.dataset.readerKeys ?? "").split(","));
  await post(form.dataset.say ?? "", { author: "note", sealed }, { "X-CSRFToken": token });
}
