/** Buttons that copy what stands in a field. Without script the field can be selected, and there is no button. */
export function copying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-copy]");
    const field = button && document.getElementById(button.dataset.copy ?? "");
    if (!(field instanceof HTMLInputElement) || !button) return;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "已复制";
    } catch {
      // Over plain HTTP, or in an old browser, there is no clipboard: what is selected can be copied by hand.
      button.textContent = "请选中后复制";
    }
  });
}
