/** A photo goes up in parts (tus 1.0.0), so that a line that breaks costs the last part only; a reload does not end it. */

/** What is on its way, kept in the browser until it has arrived. */
export interface Parcel {
  key: string; // its form's address and its field's name
  photo: Blob;
  address?: string; // of the upload, once it was begun
  begun: number;
}

/** An answer that trying again would not change. */
export class Refused extends Error {
  constructor(readonly status: number, words: string) {
    super(words);
  }
}

const smallest = 256 * 1024;
const largest = 1024 * 1024;
const lifetime = 24 * 3_600_000;
const version = { "Tus-Resumable": "1.0.0" };

/** Works on the parcels that the browser keeps. One that keeps nothing, as in a private window, only can't go on after a reload. */
async function shelf<Value>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value | undefined> {
  try {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open("ruzhu", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("parcels", { keyPath: "key" });
      opening.onsuccess = () => done(opening.result);
      opening.onerror = opening.onblocked = () => fail(opening.error);
    });
    try {
      return await new Promise<Value>((done, fail) => {
        const request = act(database.transaction("parcels", mode).objectStore("parcels"));
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

export const keep = (parcel: Parcel) => shelf("readwrite", (store) => store.put(parcel));
export const forget = (key: string) => shelf("readwrite", (store) => store.delete(key));
export const forgetAll = () => shelf("readwrite", (store) => store.clear());

/** What was on its way when the page was left. */
export async function kept(): Promise<Parcel[]> {
  const all = await shelf<Parcel[]>("readonly", (store) => store.getAll()) ?? [];
  const isOld = (parcel: Parcel) => Date.now() - parcel.begun > lifetime;
  for (const parcel of all.filter(isOld)) await forget(parcel.key);
  return all.filter((parcel) => !isOld(parcel));
}

/** Waits, but not longer than until the network is back. */
export function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      signal.removeEventListener("abort", over);
      done();
    };
    const timer = setTimeout(over, milliseconds);
    addEventListener("online", over);
    signal.addEventListener("abort", over);
  });
}

async function ask(address: string, method: string, headers: HeadersInit, signal: AbortSignal, body?: Blob) {
  const answer = await fetch(address, {
    method,
    headers: { ...version, ...headers },
    body,
    signal: AbortSignal.any?.([signal, AbortSignal.timeout(60_000)]) ?? signal,
  });
  if (answer.ok || [404, 408, 409, 429, 460].includes(answer.status) || answer.status >= 500) return answer;
  throw new Refused(answer.status, await words(answer));
}

async function words(answer: Response): Promise<string> {
  const problem = await answer.json().catch(() => undefined);
  return problem?.title ?? "";
}

const offsetOf = (answer: Response) => Number(answer.headers.get("Upload-Offset") ?? NaN);

/** Where the upload is; it is begun if there is none, or if the server has forgotten it. */
async function standing(parcel: Parcel, signal: AbortSignal): Promise<number> {
  if (parcel.address) {
    const answer = await ask(parcel.address, "HEAD", {}, signal);
    if (answer.ok) return offsetOf(answer);
    if (answer.status !== 404) throw new Error(answer.statusText);
    parcel.address = undefined;
  }
  const answer = await ask("/api/uploads", "POST", { "Upload-Length": String(parcel.photo.size) }, signal);
  if (answer.status === 429) {
    // Asking less often helps, but not against uploads that never ended.
    const problem = await answer.json().catch(() => undefined);
    if (problem?.code === "upload.too_many") throw new Refused(429, problem.title);
  }
  const address = answer.headers.get("Location");
  if (!answer.ok || !address) throw new Error(answer.statusText);
  parcel.address = address;
  await keep(parcel);
  return 0;
}

async function checksum(part: Blob): Promise<Record<string, string>> {
  // Not to be had on a page that came without TLS.
  if (!crypto.subtle) return {};
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
  return { "Upload-Checksum": "sha256 " + btoa(String.fromCharCode(...hash)) };
}

/**
 * Sends all that the server does not have yet, for as long as it takes.
 * Returns the upload's id; throws `Refused`, or an AbortError when `signal` says so.
 */
export async function send(
  parcel: Parcel,
  signal: AbortSignal,
  tell: (percent: number, isWaiting: boolean) => void,
): Promise<string> {
  const { photo } = parcel;
  await keep(parcel);
  let [offset, size, pause] = [NaN, smallest, 500];
  while (!(offset >= photo.size)) {
    try {
      if (Number.isNaN(offset)) offset = await standing(parcel, signal);
      tell((offset / photo.size) * 100, false);
      if (offset >= photo.size) break;
      const part = photo.slice(offset, offset + size);
      const began = performance.now();
      const answer = await ask(
        parcel.address ?? "",
        "PATCH",
        {
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(offset),
          ...await checksum(part),
        },
        signal,
        part,
      );
      if (!answer.ok) throw new Error(answer.statusText);
      offset = offsetOf(answer);
      pause = 500;
      // A quick line is not kept waiting for answers.
      size = performance.now() - began < 1_000 ? Math.min(largest, size * 2) : smallest;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refused) throw error;
      tell((offset || 0) / photo.size * 100, true);
      await rest(pause * (0.5 + Math.random() / 2), signal);
      signal.throwIfAborted();
      pause = Math.min(30_000, pause * 2);
      offset = NaN; // what arrived is asked for
    }
  }
  return parcel.address?.split("/").pop() ?? "";
}
