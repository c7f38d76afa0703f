/**
 * Lays the second of two photos over the first, to be wiped away with a slider or by dragging over the picture.
 *
 *   <div data-compare><figure><a><img data-full="…"></a></figure> ×2
 *     <div hidden><button aria-pressed="false">…</button><label><input type="range"></label></div></div>
 *
 * Without script both stand beside each other. Laid over each other they are drawn from the whole files.
 */

/** @param {HTMLElement} element */
export function connect(element) {
  const tools = /** @type {HTMLElement | null} */ (element.querySelector("[hidden]"));
  const button = tools?.querySelector("button");
  const slider = tools?.querySelector("input");
  if (!tools || !button || !slider) return undefined;
  tools.hidden = false;

  const cut = () => element.style.setProperty("--cut", `${slider.value}%`);
  const toggle = () => {
    const isOver = element.classList.toggle("is-over");
    button.setAttribute("aria-pressed", String(isOver));
    for (const image of element.querySelectorAll("img")) {
      if (isOver && image.dataset.full) image.src = image.dataset.full;
    }
    cut();
    if (isOver) slider.focus();
  };
  const drag = (/** @type {PointerEvent} */ event) => {
    if (!element.classList.contains("is-over") || !(event.target instanceof HTMLImageElement)) return;
    const box = event.target.getBoundingClientRect();
    slider.value = String(Math.round(((event.clientX - box.left) / box.width) * 100));
    cut();
  };
  button.addEventListener("click", toggle);
  slider.addEventListener("input", cut);
  element.addEventListener("pointermove", drag);
  return () => {
    tools.hidden = true;
    element.classList.remove("is-over");
    button.removeEventListener("click", toggle);
    slider.removeEventListener("input", cut);
    element.removeEventListener("pointermove", drag);
  };
}
