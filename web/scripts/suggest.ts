/** Names to choose from while typing, and the bank that a card's first digits tell. */
let timer = 0;
let call: AbortController | undefined;

async function ask(address: string, query: Record<string, string>): Promise<Record<string, unknown> | undefined> {
  call?.abort();
  call = new AbortController();
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(query)}`, { signal: call.signal });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined; // a suggestion that doesn't come is not missed
  }
}

async function suggest(input: HTMLInputElement): Promise<void> {
  const text = input.value.trim();
  if (!text) return;
  const names = (await ask(input.dataset.suggest ?? "", { q: text }))?.names as string[] | undefined;
  if (!names) return;
  let list = document.getElementById(input.id + "-list");
  if (!list) {
    list = document.createElement("datalist");
    list.id = input.id + "-list";
    input.after(list);
    input.setAttribute("list", list.id);
  }
  list.replaceChildren(...names.map((name) => {
    const option = document.createElement("option");
    option.value = name;
    return option;
  }));
}

/** The first ten digits tell the bank: the rest stays here. */
async function recognise(input: HTMLInputElement): Promise<void> {
  const digits = input.value.replace(/\D/g, "").slice(0, 10);
  if (digits === input.dataset.asked) return;
  input.dataset.asked = digits;
  const card = digits.length < 6 ? undefined : (await ask("/api/banks", { number: digits }))?.card as
    | { bank: string; kind: string; settles: boolean }
    | null
    | undefined;
  if (input.dataset.asked !== digits) return;
  let says = input.parentElement?.querySelector<HTMLElement>(".card-says");
  if (!says) {
    says = document.createElement("p");
    says.className = "card-says";
    says.setAttribute("role", "status");
    input.after(says);
  }
  says.textContent = !card
    ? ""
    : `认出：${card.bank} ${card.kind}` + (card.settles ? "" : "。收款要用借记卡，请换一张");
  says.classList.toggle("is-warning", card?.settles === false);
  const bank = input.closest(".pairs")?.querySelector<HTMLInputElement>('[data-suggest="/api/banks"]');
  if (!bank || !card || (bank.value && bank.value !== bank.dataset.filled)) return;
  bank.value = bank.dataset.filled = card.bank;
  bank.dispatchEvent(new Event("input", { bubbles: true }));
}

export function suggestions(): void {
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    if ((event as InputEvent).isComposing) return;
    const act = input.matches("[data-card]") ? recognise : input.matches("[data-suggest]") ? suggest : undefined;
    if (!act || (act === suggest && !event.isTrusted)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void act(input), 200);
  });
}
