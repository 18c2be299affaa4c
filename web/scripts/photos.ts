import { hasUnsaved, pagesShown, refresh, save, take } from "./autosave.ts";

/** A chosen photo is shrunk on the device and sent at once with progress; a failure keeps the form as it is. */
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
function content(form: HTMLFormElement, name: string, photo: Blob, fileName: string): FormData {
  const data = new FormData();
  for (const hidden of form.querySelectorAll<HTMLInputElement>("input[type=hidden][name^=_]")) {
    data.append(hidden.name, hidden.value);
  }
  data.set("go", "upload");
  data.set(name, photo, fileName);
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
async function hear(call: XMLHttpRequest, place: Place, before: number): Promise<void> {
  const page = new DOMParser().parseFromString(call.responseText, "text/html");
  if ((call.status < 300 || call.status === 422) && page.getElementById("fields")) {
    const said = page.getElementById(place.id)?.querySelector(".says .error")?.textContent;
    if (said) fail(place, said);
    else place.box.hidden = true;
    await take(page, before);
    return void follow(place.id);
  }
  const isSignedOut = call.status === 401 || new URL(call.responseURL || location.href).pathname.startsWith("/sign-in");
  if (isSignedOut && hasUnsaved()) {
    return fail(place, "登录过期了。这一页先别关，在新的页面登录后回来再传一次。");
  }
  // The photo has to be chosen again after signing in, and the page says so.
  if (isSignedOut) return location.assign("/sign-in?next=" + encodeURIComponent(location.pathname));
  if (call.status < 300 && await save()) return location.assign(call.responseURL || location.href);
  fail(place, call.status === 413 ? "照片太大了，换一张再试。" : "没有传成功，请再试一次。其他内容都还在。");
}

/** The request of each place; a newer photo of the same place takes over. */
const calls = new Map<string, XMLHttpRequest>();

async function send(place: Place, file: File, call: XMLHttpRequest): Promise<void> {
  const { input, words, bar } = place;
  const isLate = () => calls.get(place.id) !== call || !input.isConnected || !input.form;
  if (isLate()) return;
  words.textContent = "正在处理照片…";
  const photo = await shrink(file);
  const form = input.form;
  if (isLate() || !form) return;
  const before = pagesShown();
  await new Promise<void>((done) => {
    call.upload.onprogress = (event) => {
      bar.value = (event.loaded / event.total) * 100;
      words.textContent = bar.value < 100 ? `正在上传 ${Math.round(bar.value)}%` : "传好了，正在保存…";
    };
    call.onerror = call.ontimeout = () => fail(place, "网络断了一下，照片没传上去，其他内容都还在。");
    call.onload = () => void hear(call, place, before);
    call.onloadend = () => done();
    call.timeout = 120_000;
    call.open("POST", form.action);
    call.setRequestHeader("Accept", "text/html");
    call.send(content(form, input.name, photo, photo === file ? file.name : "photo.jpg"));
  });
}

export function photos(): void {
  let queue = Promise.resolve();

  /** One after the other: a slow line is not shared among them. */
  function add(input: HTMLInputElement): void {
    const file = input.files?.[0];
    const place = placeOf(input);
    if (!file || !place) return;
    const call = new XMLHttpRequest();
    calls.get(place.id)?.abort();
    calls.set(place.id, call);
    place.box.hidden = false;
    place.retry.hidden = true;
    place.bar.hidden = false;
    place.bar.value = 0;
    place.words.textContent = "等前一张照片传完…";
    queue = queue.then(() => send(place, file, call)).catch(() =>
      fail(place, "没有传成功，请再试一次。其他内容都还在。")
    );
  }

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
