/** A form that saves itself: soon after the last change, and again when the network is back. */
import { renew } from "./renew.ts";
import { body, isUnsaved, newest, settle, touch } from "./touched.ts";

const pause = 300;
const longest = 60_000;
const patience = 8_000; // for the next page after the form was sent in whole

/** A row that is to come or to go. It is kept until it is done. */
interface Wish {
  go: string;
  list: string; // the id of its list
  rows: number; // how many there were
  tries: number;
}

const wishes: Wish[] = [];
let timer = 0;
let delay = 0; // before the next try; 0 while all is well
let leaving = 0; // the timer that ends the wait for the next page
let shown = 0; // pages taken over so far
let last: Document | undefined; // the newest page from the server
let call: AbortController | undefined; // what is being sent
let running: Promise<boolean> | undefined;

const current = () => document.querySelector<HTMLFormElement>("form[data-autosave]");
const isOwed = () => isUnsaved() || wishes.length > 0;
const rowsOf = (list: string, page = document) => [
  ...page.getElementById(list)?.querySelectorAll<HTMLElement>(".row-box") ?? [],
];

/** An answer that trying again would not change. */
class Refused extends Error {}

function say(text: string, isFault = false): void {
  const line = document.getElementById("saved");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("failed", isFault);
  if (isFault) line.setAttribute("role", "status");
  else line.removeAttribute("role");
}

/** Sends to the form's address, or only asks for its page, and brings back the page that answers. */
async function exchange(form: HTMLFormElement, sending: AbortController, data?: URLSearchParams): Promise<Document> {
  const limit = setTimeout(() => sending.abort(), 20_000);
  try {
    const answer = await fetch(form.action, {
      method: data ? "POST" : "GET",
      body: data,
      headers: { Accept: "text/html" },
      signal: sending.signal,
      // What is sent last outlives the page, if it is not too long for that.
      keepalive: document.hidden && (data?.toString().length ?? 0) < 60_000,
    });
    if (answer.status === 401 || new URL(answer.url).pathname.startsWith("/sign-in")) {
      throw new Refused("登录过期了。这一页先别关，在新的页面登录后回来刷新");
    }
    if (answer.status >= 400 && answer.status < 500 && ![408, 422, 429].includes(answer.status)) {
      throw new Refused("没有保存上，请复制没保存的内容，再刷新这一页");
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("form[data-autosave]")) throw new Error(answer.statusText);
    return page;
  } finally {
    clearTimeout(limit);
  }
}

/** Takes a page over that was asked for when `before` pages were shown. */
export async function take(page: Document, before: number): Promise<void> {
  const form = current();
  // Another page came meanwhile: which of the two is older can't be told, so a third one is asked for.
  const isSure = before === shown || !form;
  const fresh = isSure ? page : await exchange(form, new AbortController()).catch(() => page);
  shown++;
  last = fresh;
  renew(fresh);
}

export const pagesShown = () => shown;

/** Whether leaving would lose something. */
export const hasUnsaved = () => isOwed();

/** Asks for the page as it is now. */
export async function refresh(): Promise<void> {
  const form = current();
  const before = shown;
  const page = form && await exchange(form, new AbortController()).catch(() => undefined);
  if (page) await take(page, before);
}

const failure = (wish?: Wish) =>
  !wish
    ? "没有保存上，网络恢复后会再试"
    : wish.go.startsWith("add:")
    ? "还没有加上，网络恢复后会再试"
    : "还没有删掉，网络恢复后会再试";

/** Sends what is unsaved and the first wish; true when the server has them. */
async function send(form: HTMLFormElement, wish?: Wish): Promise<boolean> {
  clearTimeout(timer);
  const mine = call = new AbortController();
  const sent = newest();
  const before = shown;
  // An add whose answer was lost may have been done: first it is looked whether the row is there.
  const isCheck = wish !== undefined && wish.tries > 0 && wish.go.startsWith("add:");
  if (wish && !isCheck) wish.tries++;
  let page: Document | undefined;
  let fault: unknown;
  try {
    page = await exchange(form, mine, body(form, wish && !isCheck ? wish.go : "auto", sent));
  } catch (error) {
    fault = error;
  }
  if (page) settle(sent);
  if (call !== mine) return false; // something newer is on its way
  call = running = undefined;
  if (page) {
    delay = 0;
    say((page.getElementById("saved")?.textContent ?? "已保存").replace("已", "已自动"));
    if (wish && (!isCheck || rowsOf(wish.list, page).length > wish.rows)) wishes.splice(wishes.indexOf(wish), 1);
    else if (wish) wish.tries = 0;
    await take(page, before);
  } else {
    const isFinal = fault instanceof Refused;
    delay = isFinal ? 0 : Math.min(longest, (delay || 1_000) * 2);
    if (isFinal) wishes.length = 0;
    say(isFinal ? (fault as Refused).message : failure(wish), true);
  }
  if (delay || (page && isOwed())) timer = setTimeout(save, delay || pause);
  return page !== undefined;
}

/** Sends what the server doesn't have yet, after what is being sent; true when the server has it. */
export async function save(): Promise<boolean> {
  while (running) await running;
  const form = current();
  if (!form || leaving) return false;
  if (!isOwed()) return true;
  return await (running = send(form, wishes[0]));
}

/** The last thing before the page may be gone: nothing older may arrive after it. */
function saveLast(): void {
  const form = current();
  if (!form || !document.hidden || !isUnsaved() || leaving) return;
  call?.abort();
  running = send(form);
}

function stay(): void {
  clearTimeout(leaving);
  leaving = 0;
  if (isOwed()) timer = setTimeout(save, pause);
}

function leave(): void {
  clearTimeout(timer);
  clearTimeout(leaving);
  leaving = setTimeout(stay, patience); // unless it was stopped
  const older = call;
  call = running = undefined;
  older?.abort(); // an older state must not arrive after the one that is sent now
}

function changed(event: Event): void {
  const input = event.target as HTMLInputElement;
  if (!input.name || input.type === "file" || !input.form?.hasAttribute("data-autosave")) return;
  const isTyped = input.matches("textarea, input:not([type=radio], [type=checkbox])");
  // Every text that changes says so by an “input” before; its “change” only means that it was left.
  if (isTyped === (event.type === "change")) return;
  if ((event as InputEvent).isComposing) return;
  touch(input.name);
  if (leaving) stay();
  clearTimeout(timer);
  timer = setTimeout(save, isTyped ? pause : 0);
  if (!delay) say("正在保存…");
}

/** Rows come and go without the page being left. */
async function changeRows(button: HTMLButtonElement): Promise<void> {
  const list = button.closest<HTMLElement>(".list");
  const go = button.value;
  if (!list || wishes.some((wish) => wish.go === go)) return;
  const wish: Wish = { go, list: list.id, rows: rowsOf(list.id).length, tries: 0 };
  wishes.push(wish);
  button.setAttribute("aria-disabled", "true");
  if (leaving) stay();
  clearTimeout(timer);
  say("正在保存…");
  while (wishes.includes(wish)) {
    if (!await save()) break;
  }
  button.removeAttribute("aria-disabled");
  // Somebody who went on meanwhile is not called back.
  const here = document.activeElement;
  if (wishes.includes(wish) || !(here === button || here === document.body || here === null)) return;
  const rows = rowsOf(list.id);
  const row = rows.length > wish.rows ? rows.at(-1) : undefined;
  (row?.querySelector<HTMLElement>(".input") ?? row ?? list).focus();
}

export function autosave(): void {
  if (!current()) return;
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("compositionend", (event) => setTimeout(() => changed(event)));
  // What is wrong is told when a field was left, not while it is being typed into.
  document.addEventListener("focusout", () => setTimeout(() => last && !isOwed() && !running && renew(last)));
  addEventListener("online", () => isOwed() && void save());
  addEventListener("focus", () => isOwed() && void save());
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!form.hasAttribute("data-autosave")) return;
    if (button && /^(add|remove):/.test(button.value)) {
      event.preventDefault();
      return void changeRows(button);
    }
    if (!navigator.onLine) {
      event.preventDefault();
      return say("现在没有网络，内容都还在；连上网再点一次", true);
    }
    leave();
  }, true);
  addEventListener("pageshow", () => leaving && stay());
  addEventListener("beforeunload", (event) => isOwed() && !leaving && event.preventDefault());
  document.addEventListener("visibilitychange", saveLast);
}
