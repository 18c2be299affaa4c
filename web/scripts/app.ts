/** Progressive enhancement only: every page works as plain form posts without this file. Listeners are delegated, so swapped content needs no set-up. */
import { autosave } from "./autosave.ts";
import { categories } from "./categories.ts";
import { copying } from "./copy.ts";
import { dates } from "./dates.ts";
import { photos } from "./photos.ts";
import { suggestions } from "./suggest.ts";
import { viewers } from "./viewer.ts";
import { workbench } from "./workbench.ts";

const on = <K extends keyof DocumentEventMap>(type: K, act: (event: DocumentEventMap[K]) => void) =>
  document.addEventListener(type, act);

/** Moves focus to the error summary; without one, a mouse user lands on the first doubtful field. */
export function land(): void {
  const summary = document.querySelector<HTMLElement>("[data-summary]");
  if (summary) return summary.focus();
  if (matchMedia("(pointer: fine)").matches) {
    document.querySelector<HTMLElement>(".is-doubtful .input")?.focus({ preventScroll: true });
  }
}

/** Lights the part of the picture that belongs to the field under the pointer or the caret. */
function highlight(event: Event): void {
  const field = (event.target as Element).closest?.("[data-box]");
  if (!field) return;
  const path = field.getAttribute("data-box");
  document.querySelectorAll("[data-for].lit, [data-fact].lit").forEach((lit) => lit.classList.remove("lit"));
  if (field.matches("[data-fact]")) field.classList.add("lit");
  for (const box of document.querySelectorAll("[data-for]")) {
    if (box.getAttribute("data-for") !== path) continue;
    box.classList.add("lit");
    box.parentElement?.append(box); // drawn last, so on top
    const plate = box.closest(".plate");
    if (plate && event.type === "focusin" && plate.scrollHeight > plate.clientHeight) {
      plate.scrollTop = (Number(box.getAttribute("y")) / 1000) * plate.scrollHeight - plate.clientHeight / 3;
    }
  }
}
on("focusin", highlight);
on("pointerover", highlight);

/** Upper-cases identifiers while they are typed, keeping the caret. */
on("input", (event) => {
  const input = event.target as HTMLInputElement;
  if ((event as InputEvent).isComposing) return;
  if (input.matches("[data-upper]")) {
    const caret = input.selectionStart;
    input.value = input.value.toUpperCase();
    input.setSelectionRange(caret, caret);
  } else if (input.matches(".code") && /^\d{6}$/.test(input.value)) {
    input.form?.querySelector<HTMLElement>("[type=submit]")?.click();
  }
});

/** One submission at a time. Nothing is disabled, so the pressed button's value is sent and "back" finds a working form. */
const sending = new Set<HTMLFormElement>();
const release = () => {
  sending.forEach((form) => form.classList.remove("sending"));
  sending.clear();
};
on("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented) return;
  if (sending.has(form)) return event.preventDefault();
  sending.add(form);
  form.classList.add("sending");
  setTimeout(release, 8000);
});
addEventListener("pageshow", release);

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-countdown]")) {
  const label = button.textContent ?? "";
  const until = Date.now() + Number(button.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${label}（${left}）` : label;
    if (left > 0) setTimeout(tick, 500);
  };
  tick();
}

/** Keeps the bottom bar above the keyboard of iOS, which covers the page instead of shrinking it. */
const view = globalThis.visualViewport;
view?.addEventListener("resize", () => {
  const covered = Math.max(0, innerHeight - view.height - view.offsetTop);
  document.documentElement.style.setProperty("--kb", `${covered > 80 ? covered : 0}px`);
});

document.documentElement.classList.add("scripted");
copying();
dates();
categories();
suggestions();
autosave();
photos();
viewers();
workbench();
land();
