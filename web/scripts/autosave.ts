/** A form that saves itself: soon after the last change, and again when the network is back. */
import { renew } from "./renew.ts";

const pause = 300;
const longest = 60_000;

let edits = 0; // changes so far
let kept = 0; // how many of them the server has
let timer = 0;
let delay = 0; // before the next try; 0 while all is well
let isBusy = false;
let isLeaving = false;
let last: Document | undefined; // the newest page from the server
let call: AbortController | undefined; // what is being sent

const current = () => document.querySelector<HTMLFormElement>("form[data-autosave]");

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

/** What was typed, without the photos, which are sent on their own. */
function body(form: HTMLFormElement, go: string): URLSearchParams {
  const sent = new URLSearchParams();
  new FormData(form).forEach((value, name) => typeof value === "string" && sent.append(name, value));
  sent.set("go", go);
  return sent;
}

/** Sends the form with a wish and brings back the page that answers. */
async function exchange(form: HTMLFormElement, go: string): Promise<Document> {
  const sending = call = new AbortController();
  const limit = setTimeout(() => sending.abort(), 20_000);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: body(form, go),
      headers: { Accept: "text/html" },
      signal: sending.signal,
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

/** Sends all changes so far; true when the server has them. */
async function save(go = "auto"): Promise<boolean> {
  const form = current();
  if (!form || isBusy || isLeaving) return false;
  clearTimeout(timer);
  isBusy = true;
  const sent = edits;
  let fault: unknown;
  const page = await exchange(form, go).catch((error) => void (fault = error));
  isBusy = false;
  if (isLeaving) return page !== undefined;
  if (page) {
    last = page;
    kept = sent;
    delay = 0;
    say((page.getElementById("saved")?.textContent ?? "已保存").replace("已", "已自动"));
    renew(page);
  } else {
    const isFinal = fault instanceof Refused;
    delay = isFinal ? 0 : Math.min(longest, (delay || 1_000) * 2);
    say(isFinal ? (fault as Refused).message : "没有保存上，网络恢复后会再试", true);
  }
  if (delay) timer = setTimeout(save, delay);
  else if (page && edits > sent) timer = setTimeout(save, pause);
  return page !== undefined;
}

function changed(event: Event): void {
  const input = event.target as HTMLInputElement;
  if (!input.name || input.type === "file" || !input.form?.hasAttribute("data-autosave")) return;
  const isTyped = input.matches("textarea, input:not([type=radio], [type=checkbox])");
  // Every text that changes says so by an “input” before; its “change” only means that it was left.
  if (isTyped === (event.type === "change")) return;
  if ((event as InputEvent).isComposing) return;
  edits++;
  clearTimeout(timer);
  timer = setTimeout(save, isTyped ? pause : 0);
  if (!delay) say("正在保存…");
}

/** Rows come and go without the page being left. */
async function changeRows(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const list = button.closest<HTMLElement>(".list");
  if (isBusy) await new Promise((done) => setTimeout(done, pause));
  button.setAttribute("aria-disabled", "true");
  edits++;
  const isDone = await save(button.value);
  button.removeAttribute("aria-disabled");
  if (!isDone || !form.isConnected) return;
  const rows = list?.querySelectorAll<HTMLElement>(".row-box");
  const target = button.value.startsWith("add:") && rows?.length ? rows[rows.length - 1] : list;
  (target?.querySelector<HTMLElement>(".row-box .input:not([readonly])") && target === list
    ? target
    : target?.querySelector<HTMLElement>(".input") ?? target)?.focus();
}

/** Everything that the form holds was sent in another way. */
export function settle(): void {
  kept = edits;
}

export function autosave(): void {
  if (!current()) return;
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("compositionend", (event) => setTimeout(() => changed(event)));
  // What is wrong is told when a field was left, not while it is being typed into.
  document.addEventListener("focusout", () => setTimeout(() => last && edits === kept && !isBusy && renew(last)));
  addEventListener("online", () => edits > kept && void save());
  addEventListener("focus", () => edits > kept && void save());
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!form.hasAttribute("data-autosave")) return;
    if (button && /^(add|remove):/.test(button.value)) {
      event.preventDefault();
      return void changeRows(form, button);
    }
    if (!navigator.onLine) {
      event.preventDefault();
      return say("现在没有网络，内容都还在；连上网再点一次", true);
    }
    isLeaving = true;
    clearTimeout(timer);
    call?.abort(); // an older state must not arrive after the one that is sent now
  }, true);
  addEventListener("pageshow", () => isLeaving = false);
  addEventListener("beforeunload", (event) => edits > kept && !isLeaving && event.preventDefault());
  document.addEventListener("visibilitychange", () => {
    const form = current();
    if (!form || !document.hidden || edits === kept || isLeaving) return;
    const headers = { Accept: "text/html" };
    void fetch(form.action, { method: "POST", body: body(form, "auto"), headers, keepalive: true }).catch(() => 0);
  });
}
