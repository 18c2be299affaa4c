import { hasUnsaved, pagesShown, refresh, save, take } from "./autosave.ts";
import { forget, forgetAll, kept, Parcel, Refused, rest, send as sendParts } from "./photos-parts.ts";

/** A chosen photo is shrunk on the device and sent at once with progress; a broken line is waited for, also over a reload. */
const longest = 2000;

async function shrink(file: File): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
    if (scale === 1 && file.size < 900_000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height); // <img> honours EXIF orientation
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file; // a format this browser can't draw: let the server judge
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** Where a photo goes, and what is told there. */
interface Place {
  id: string;
  input: HTMLInputElement;
  box: HTMLElement;
  words: HTMLElement;
  bar: HTMLProgressElement;
  retry: HTMLElement;
}

function placeOf(input: HTMLInputElement): Place | undefined {
  const go = input.closest(".shot-go");
  const box = go?.querySelector<HTMLElement>(".sending-box");
  const words = box?.querySelector("p");
  const bar = box?.querySelector("progress");
  const retry = go?.querySelector<HTMLElement>("[data-retry]");
  if (!box || !words || !bar || !retry) return undefined;
  return { id: input.closest("[data-photo]")?.id ?? "", input, box, words, bar, retry };
}

function fail(place: Place, text: string): void {
  place.words.textContent = text;
  place.bar.hidden = true;
  place.retry.hidden = false;
}

/** Only the photo: answers go their own way, and may be newer than it when it arrives. */
function content(form: HTMLFormElement, field: string, upload: string): FormData {
  const data = new FormData();
  for (const hidden of form.querySelectorAll<HTMLInputElement>("input[type=hidden][name^=_]")) {
    data.append(hidden.name, hidden.value);
  }
  data.set("go", "upload");
  data.set(field.replace(/^file\./, "upload."), upload);
  return data;
}

/** Tells how far the reading of a photo is, until it is read. */
async function follow(id: string): Promise<void> {
  for (let isRead = false;; isRead = true) {
    const state = document.getElementById(id)?.querySelector("[hx-get]");
    const address = state?.getAttribute("hx-get");
    if (!state || !address) return isRead ? await refresh() : undefined;
    await new Promise((done) => setTimeout(done, 1_000));
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => undefined);
    if (answer && answer.status >= 400 && answer.status < 500) return;
    if (answer?.ok && state.isConnected) state.outerHTML = await answer.text();
  }
}

/** What the server said about a photo. */
async function hear(answer: Response, place: Place, before: number): Promise<void> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if ((answer.ok || answer.status === 422) && page.getElementById("fields")) {
    const said = page.getElementById(place.id)?.querySelector(".says .error")?.textContent;
    if (said) fail(place, said);
    else place.box.hidden = true;
    await take(page, before);
    return void follow(place.id);
  }
  if (answer.status === 401 || new URL(answer.url).pathname.startsWith("/sign-in")) return signedOut(place);
  if (answer.ok && await save()) return location.assign(answer.url);
  fail(place, answer.status === 413 ? "照片太大了，换一张再试。" : "没有传成功，请再试一次。其他内容都还在。");
}

/** What arrived stays with the server, and the photo in this browser: after signing in it goes on. */
function signedOut(place: Place): void {
  if (hasUnsaved()) return fail(place, "登录过期了。这一页先别关，在新的页面登录后回来再传一次。");
  location.assign("/sign-in?next=" + encodeURIComponent(location.pathname));
}

/** What is under way at each place; a newer photo of the same place takes over. */
const calls = new Map<string, AbortController>();

const keyOf = (form: HTMLFormElement, input: HTMLInputElement) => new URL(form.action).pathname + "|" + input.name;

/** Hands the photo that has arrived to its field; what is sent again after a lost answer changes nothing. */
async function attach(place: Place, upload: string, signal: AbortSignal): Promise<[Response, number]> {
  for (let pause = 500;; pause = Math.min(30_000, pause * 2)) {
    const form = place.input.form;
    signal.throwIfAborted();
    if (!form) throw new DOMException("gone", "AbortError");
    const before = pagesShown();
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: content(form, place.input.name, upload),
      signal,
    }).catch(() => undefined);
    if (answer && ![408, 429, 502, 503, 504].includes(answer.status)) return [answer, before];
    place.words.textContent = "网络断了，连上后会接着保存…";
    await rest(pause, signal);
  }
}

async function send(place: Place, photo: Parcel | File, call: AbortController): Promise<void> {
  const { input, words, bar } = place;
  const isLate = () => calls.get(place.id) !== call || !input.isConnected || !input.form;
  if (isLate() || !input.form) return;
  words.textContent = "正在处理照片…";
  const key = keyOf(input.form, input);
  const parcel = photo instanceof File ? { key, photo: await shrink(photo), begun: Date.now() } : photo;
  if (isLate()) return;
  try {
    const upload = await sendParts(parcel, call.signal, (percent, isWaiting) => {
      bar.value = percent;
      const done = Math.floor(percent);
      words.textContent = isWaiting
        ? `网络断了，连上后会接着传（已传 ${done}%）`
        : done < 100
        ? `正在上传 ${done}%`
        : "传好了，正在保存…";
    });
    // The page may have been renewed meanwhile; the field is where it was.
    const now = placeOf(document.querySelector<HTMLInputElement>(`#${CSS.escape(place.id)} input[type=file]`) ?? input);
    const [answer, before] = await attach(now ?? place, upload, call.signal);
    if (answer.status !== 401 && !new URL(answer.url).pathname.startsWith("/sign-in")) await forget(key);
    await hear(answer, now ?? place, before);
  } catch (error) {
    if (call.signal.aborted) return;
    if (error instanceof Refused && error.status === 401) return signedOut(place);
    await forget(key);
    if (error instanceof Refused) return fail(place, (error.message || "没有传成功") + "。其他内容都还在。");
    throw error;
  }
}

export function photos(): void {
  let queue = Promise.resolve();

  /** One after the other: a slow line is not shared among them. */
  function add(input: HTMLInputElement, parcel?: Parcel): void {
    const photo = parcel ?? input.files?.[0];
    const place = placeOf(input);
    if (!photo || !place) return;
    const call = new AbortController();
    calls.get(place.id)?.abort();
    calls.set(place.id, call);
    place.box.hidden = false;
    place.retry.hidden = true;
    place.bar.hidden = false;
    place.bar.value = 0;
    place.words.textContent = "等前一张照片传完…";
    queue = queue.then(() => send(place, photo, call)).catch(() =>
      fail(place, "没有传成功，请再试一次。其他内容都还在。")
    );
  }

  /** What was on its way to this page when it was left goes on. */
  async function goOn(): Promise<void> {
    for (const parcel of await kept()) {
      for (const input of document.querySelectorAll<HTMLInputElement>("[data-photo] input[type=file]")) {
        if (input.form && keyOf(input.form, input) === parcel.key && !input.files?.length) add(input, parcel);
      }
    }
  }
  void goOn();

  document.addEventListener("submit", (event) => {
    // Who leaves a shared machine leaves no photo on it.
    if ((event.target as HTMLFormElement).action.endsWith("/sign-out")) void forgetAll();
  });
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.matches("[data-photo] input[type=file]")) add(input);
  });
  document.addEventListener("click", (event) => {
    const retry = (event.target as Element).closest("[data-retry]");
    const input = retry?.closest(".shot-go")?.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) return;
    event.preventDefault();
    add(input);
  });
  for (const type of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(type, (event) => {
      const shot = (event.target as Element).closest?.(".shot");
      if (!shot) return;
      event.preventDefault();
      shot.classList.toggle("over", type === "dragover");
      const input = shot.querySelector<HTMLInputElement>("input[type=file]");
      const files = event.dataTransfer?.files;
      if (type !== "drop" || !input || !files?.length) return;
      input.files = files;
      add(input);
    });
  }
}
