import { isTouched } from "./touched.ts";

/** Puts a newer page from the server into the one being filled in: only what changed, and never over what is typed. */

/** What a part is known by among its neighbours. */
const key = (part: Element) =>
  part.getAttribute("data-group") ?? part.getAttribute("data-box") ??
    (part.id || `${part.tagName}.${part.classList[0] ?? ""}`);

const frames = ".fields, .group, .pairs, .list, .row-box";

/** Takes over the parts of `fresh`: new ones come in, gone ones leave, those that stay are brought up to date. */
function weave(old: Element, fresh: Element): void {
  const mine = new Map([...old.children].map((part) => [key(part), part]));
  let before: Element | undefined;
  for (const part of fresh.children) {
    const name = key(part);
    const known = mine.get(name);
    mine.delete(name);
    if (known) update(known, part);
    const here = known?.isConnected ? known : document.importNode(part, true);
    if (!known) before ? before.after(here) : old.prepend(here);
    // Nothing that stays is moved: that would take the caret out of it.
    before = known ? find(old, name) ?? here : here;
  }
  for (const gone of mine.values()) gone.remove();
}

const find = (parent: Element, name: string) => [...parent.children].find((part) => key(part) === name);

function update(old: Element, fresh: Element): void {
  if (old.matches(frames)) {
    old.classList.toggle("has-error", fresh.classList.contains("has-error"));
    weave(old, fresh);
  } else if (old.matches("[data-photo]")) {
    // While a photo is on its way, and while it is told why it was not taken.
    const isSending = old.querySelector(".sending-box:not([hidden])");
    if (!isSending && looks(old) !== looks(fresh)) replace(old, fresh);
  } else if (old.matches(".field")) updateField(old, fresh);
  else if (old.innerHTML !== fresh.innerHTML && !old.contains(document.activeElement)) replace(old, fresh);
}

function replace(old: Element, fresh: Element): void {
  const copy = document.importNode(fresh, true);
  if (old instanceof HTMLDetailsElement) (copy as HTMLDetailsElement).open = old.open;
  old.replaceWith(copy);
}

const looks = (photo: Element) =>
  [...photo.querySelectorAll("img")].map((picture) => picture.getAttribute("src")).join() +
  (photo.querySelector(".says")?.textContent ?? "");

/** Label, marks and notes of one question. Its input is the person's, unless nobody has touched it and it is empty. */
function updateField(old: Element, fresh: Element): void {
  const isHere = old.contains(document.activeElement);
  const isWrong = fresh.classList.contains("has-error");
  for (const name of ["is-doubtful", "wide"]) old.classList.toggle(name, fresh.classList.contains(name));
  const label = old.querySelector(".label");
  const newLabel = fresh.querySelector(".label");
  if (label && newLabel && label.innerHTML !== newLabel.innerHTML) label.innerHTML = newLabel.innerHTML;
  if (!fresh.querySelector(".crop")) old.querySelector(".crop")?.remove();
  if (!isHere) fill(old, fresh);
  // Nobody is told off while typing; that a fault is mended may be said at once.
  if (isHere && isWrong) return;
  old.classList.toggle("has-error", isWrong);
  for (const input of old.querySelectorAll("[name][id]")) {
    const is = fresh.querySelector(`#${CSS.escape(input.id)}`)?.getAttribute("aria-invalid");
    if (is) input.setAttribute("aria-invalid", is);
    else input.removeAttribute("aria-invalid");
  }
  const note = [...old.children].find((part) => part.matches(".says"));
  const newNote = [...fresh.children].find((part) => part.matches(".says"));
  if (note && newNote && note.innerHTML !== newNote.innerHTML) note.innerHTML = newNote.innerHTML;
}

/** What a picture said meanwhile goes into inputs that nobody has touched: who emptied one meant it. */
function fill(old: Element, fresh: Element): void {
  for (const input of old.querySelectorAll<HTMLInputElement>("input.input[name], textarea")) {
    const other = fresh.querySelector<HTMLInputElement>(`[name="${CSS.escape(input.name)}"].input`);
    if (!input.value && other?.value && !isTouched(input.name)) input.value = other.value;
  }
}

/** Takes a newer page over. */
export function renew(page: Document): void {
  const fields = document.getElementById("fields");
  const fresh = page.getElementById("fields");
  if (!fields || !fresh) return;
  weave(fields, fresh);
  const form = fields.closest("form");
  form?.setAttribute("enctype", page.querySelector("form[data-autosave]")?.getAttribute("enctype") ?? "");
  const seen = form?.querySelector<HTMLInputElement>("[name=_seen]");
  if (seen) seen.value = page.querySelector<HTMLInputElement>("form[data-autosave] [name=_seen]")?.value ?? seen.value;
  for (const id of ["needs", "rail", "trail"]) {
    const old = document.getElementById(id);
    const part = page.getElementById(id);
    if (old && part && !old.contains(document.activeElement) && old.innerHTML !== part.innerHTML) {
      old.innerHTML = part.innerHTML;
    }
  }
  const summary = document.querySelector("[data-summary]");
  const faults = page.querySelector("[data-summary]");
  if (summary && !summary.contains(document.activeElement)) faults ? replace(summary, faults) : summary.remove();
}
