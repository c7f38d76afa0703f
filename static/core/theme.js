/**
 * Light or dark, as the system has it. A plain script in the head, so that no page flashes in the wrong one.
 */
{
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  apply();
  dark.addEventListener("change", apply);
}
