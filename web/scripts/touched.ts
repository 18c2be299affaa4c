/** Which questions somebody has touched since the page came, and which of their answers the server doesn't have yet. */
const touched = new Set<string>();
const unsaved = new Map<string, number>(); // the question and the number of its newest change
let changes = 0;

/** What was unsaved when something was sent. */
export type Sent = ReadonlyMap<string, number>;

/** What an input belongs to: the parts of a date and its 长期 are one question, as are all boxes of one name. */
const question = (name: string) => name.replace(/\.(year|month|day|forever)$/, "");

export function touch(name: string): void {
  touched.add(question(name));
  unsaved.set(question(name), ++changes);
}

export const isTouched = (name: string) => touched.has(question(name));

export const isUnsaved = () => unsaved.size > 0;

export const newest = (): Sent => new Map(unsaved);

/** The server has what was sent. What was changed since is still owed to it. */
export function settle(sent: Sent): void {
  for (const [name, number] of sent) {
    if (unsaved.get(name) === number) unsaved.delete(name);
  }
}

/** A choice with one option is made before anybody touches it. */
function isOnlyWay(form: HTMLFormElement, name: string): boolean {
  const input = form.elements.namedItem(name);
  return input instanceof HTMLInputElement && input.type === "radio";
}

/** A wish with the answers to these questions only: another tab may know better about the others. */
export function body(form: HTMLFormElement, go: string, sent?: Sent): URLSearchParams {
  const data = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    if (typeof value !== "string") return; // photos are sent on their own
    if (/^_/.test(name) || sent && (sent.has(question(name)) || isOnlyWay(form, name))) data.append(name, value);
  });
  data.set("go", go);
  return data;
}
