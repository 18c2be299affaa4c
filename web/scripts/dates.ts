/** Dates in three parts: a full part leads to the next, a pasted day fills all three. */
const parts = (input: Element) => [...input.closest(".date-parts")?.querySelectorAll<HTMLInputElement>(".input") ?? []];

const isFull = (input: HTMLInputElement) =>
  input.value.length === input.maxLength ||
  (input.maxLength === 2 && /^([4-9]|[23])$/.test(input.value) && isSingle(input));

/** A month that begins with 2 or more, and a day that begins with 4 or more, has one digit. */
const isSingle = (input: HTMLInputElement) => Number(input.value) > (input.name.endsWith(".month") ? 1 : 3);

export function dates(): void {
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.matches(".date-parts .input") || (event as InputEvent).isComposing) return;
    const digits = input.value.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
    const plain = digits.replace(/\D/g, "");
    if (plain !== input.value) input.value = plain;
    const forever = input.closest(".date")?.querySelector<HTMLInputElement>("[type=checkbox]");
    if (forever && plain) forever.checked = false;
    const all = parts(input);
    const next = all[all.indexOf(input) + 1];
    if (next && isFull(input) && (event as InputEvent).inputType?.startsWith("insert")) next.select();
  });
  document.addEventListener("keydown", (event) => {
    const input = event.target as HTMLInputElement;
    if (event.key !== "Backspace" || input.value || !input.matches(".date-parts .input")) return;
    const all = parts(input);
    all[all.indexOf(input) - 1]?.focus();
  });
  document.addEventListener("paste", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.matches?.(".date-parts .input") || input.readOnly) return;
    const text = event.clipboardData?.getData("text") ?? "";
    const day = /(\d{4})\D*?(\d{1,2})\D+(\d{1,2})/.exec(text) ?? /(\d{4})(\d{2})(\d{2})/.exec(text);
    if (!day) return;
    event.preventDefault();
    parts(input).forEach((part, index) => part.value = day[index + 1].replace(/^0+(?=\d)/, ""));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (!box.matches(".date [type=checkbox]") || !box.checked) return;
    for (const part of box.closest(".date")?.querySelectorAll<HTMLInputElement>(".date-parts .input") ?? []) {
      part.value = "";
    }
  });
}
