/** Categories found by typing: Chinese, pinyin or its first letters. What was chosen stands on top. */

/** The chosen ones, each with what it brings and a way back. */
function tell(box: Element): void {
  const list = box.querySelector(".chosen");
  if (!list || !box.querySelector(".trade")) return; // locked: what was chosen stands there already
  const checked = [...box.querySelectorAll<HTMLInputElement>("input[type=checkbox]:checked")];
  list.replaceChildren(...checked.map((input) => {
    const words = input.nextElementSibling;
    const item = document.createElement("li");
    const name = document.createElement("b");
    const note = document.createElement("small");
    name.textContent = words?.firstChild?.textContent ?? "";
    note.textContent = words?.querySelector("small")?.textContent ?? "";
    item.append(name, note);
    if (input.disabled) return item;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "drop";
    drop.value = input.value;
    drop.setAttribute("aria-label", `去掉${name.textContent}`);
    item.append(drop);
    return item;
  }));
  for (const trade of box.querySelectorAll(".trade")) {
    const count = trade.querySelectorAll("input:checked").length;
    const place = trade.querySelector(".count");
    if (place) place.textContent = count ? `已选 ${count}` : "";
  }
}

/** Latin letters are the beginning of a reading; Chinese ones may stand anywhere in a name. */
function answers(words: string, query: string): boolean {
  const isLatin = /^[a-z0-9]+$/.test(query);
  return words.split(" ").some((word) => isLatin ? word.startsWith(query) : word.includes(query));
}

function find(input: HTMLInputElement): void {
  const box = input.closest(".categories");
  const query = input.value.toLowerCase().replace(/\s+/g, "");
  let found = 0;
  for (const trade of box?.querySelectorAll<HTMLDetailsElement>(".trade") ?? []) {
    let hits = 0;
    for (const leaf of trade.querySelectorAll<HTMLElement>("[data-words]")) {
      const isHit = !query || answers(leaf.dataset.words ?? "", query);
      leaf.hidden = !isHit;
      if (isHit) hits++;
    }
    trade.hidden = !hits;
    trade.open = query ? hits > 0 : trade.querySelector("input:checked") !== null;
    found += hits;
  }
  const status = box?.querySelector(".finder [role=status]");
  if (status) status.textContent = !query ? "" : found ? `找到 ${found} 类` : "没有找到，换个词试试";
  status?.classList.toggle("vh", !query || found > 0);
}

export function categories(): void {
  document.querySelectorAll(".categories").forEach(tell);
  document.addEventListener("change", (event) => {
    const box = (event.target as Element).closest(".categories");
    if (box) tell(box);
  });
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.matches(".finder .input")) find(input);
  });
  document.addEventListener("keydown", (event) => {
    const input = event.target as HTMLInputElement;
    if (event.key !== "Enter" || event.isComposing || !input.matches(".finder .input")) return;
    event.preventDefault(); // it looks for something; it does not send the form
    input.closest(".categories")?.querySelector<HTMLElement>(".choice:not([hidden]) input")?.focus();
  });
  document.addEventListener("click", (event) => {
    const drop = (event.target as Element).closest<HTMLButtonElement>(".drop");
    const box = drop?.closest(".categories");
    const input = box?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(drop?.value ?? "")}"]`);
    if (!box || !input) return;
    input.checked = false;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    box.querySelector<HTMLElement>(".finder .input")?.focus();
  });
}
