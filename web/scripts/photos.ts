import { settle } from "./autosave.ts";
import { renew } from "./renew.ts";

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

export function photos(): void {
  let request: XMLHttpRequest | undefined;

  async function send(input: HTMLInputElement): Promise<void> {
    const form = input.form;
    const file = input.files?.[0];
    const box = input.closest(".shot-go")?.querySelector<HTMLElement>(".sending-box");
    const words = box?.querySelector("p");
    const bar = box?.querySelector("progress");
    const retry = input.closest(".shot-go")?.querySelector<HTMLElement>("[data-retry]");
    if (!form || !file || !box || !words || !bar || !retry) return;
    const place = input.closest("[data-photo]")?.id ?? "";
    request?.abort();
    box.hidden = false;
    retry.hidden = true;
    bar.hidden = false;
    bar.value = 0;
    words.textContent = "正在处理照片…";
    const photo = await shrink(file);
    const data = new FormData(form);
    data.set(input.name, photo, photo === file ? file.name : "photo.jpg");
    data.set("go", "upload");
    const call = (request = new XMLHttpRequest());
    const fail = (text: string) => {
      words.textContent = text;
      bar.hidden = true;
      retry.hidden = false;
    };
    call.upload.onprogress = (event) => {
      bar.value = (event.loaded / event.total) * 100;
      words.textContent = bar.value < 100 ? `正在上传 ${Math.round(bar.value)}%` : "传好了，正在保存…";
    };
    call.onerror = call.ontimeout = () => fail("网络断了一下，照片没传上去，其他内容都还在。");
    call.onload = () => {
      const page = new DOMParser().parseFromString(call.responseText, "text/html");
      if ((call.status < 300 || call.status === 422) && page.getElementById("fields")) {
        settle();
        // A photo that is being read brings its own script.
        if (page.querySelector("[hx-get]")) return location.assign(form.action);
        box.hidden = true;
        renew(page);
        const said = document.getElementById(place)?.querySelector(".says .error")?.textContent;
        if (said) fail(said);
        return;
      }
      if (call.status < 300) return location.assign(call.responseURL || location.href);
      // The session has ended: the photo has to be chosen again after signing in, and the page says so.
      if (call.status === 401) return location.assign("/sign-in?next=" + encodeURIComponent(location.pathname));
      fail(call.status === 413 ? "照片太大了，换一张再试。" : "没有传成功，请再试一次。其他内容都还在。");
    };
    call.timeout = 120_000;
    call.open("POST", form.action);
    call.setRequestHeader("Accept", "text/html");
    call.send(data);
  }

  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.matches("[data-photo] input[type=file]")) void send(input);
  });
  document.addEventListener("click", (event) => {
    const retry = (event.target as Element).closest("[data-retry]");
    const input = retry?.closest(".shot-go")?.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) return;
    event.preventDefault();
    void send(input);
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
      void send(input);
    });
  }
}
