/** Reviewer keys, and revealing a masked value without losing the comments being written. */
export function workbench(): void {
  const facts = [...document.querySelectorAll<HTMLElement>("[data-fact]")];
  if (!facts.length) return;
  const toggle = document.querySelector<HTMLElement>("[data-keys]");
  const store = "ruzhu.keys";
  let enabled = localStorage.getItem(store) !== "off";
  const show = () => toggle && (toggle.hidden = false, toggle.setAttribute("aria-pressed", String(enabled)));
  toggle?.addEventListener("click", () => {
    enabled = !enabled;
    localStorage.setItem(store, enabled ? "on" : "off");
    show();
  });
  show();

  const move = (by: number) => {
    const here = facts.findIndex((fact) => fact.contains(document.activeElement));
    const next = facts[here < 0 ? (by > 0 ? 0 : facts.length - 1) : here + by];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as Element).matches("input, textarea, select");
    if (event.key === "Escape" && typing) return (event.target as Element).closest<HTMLElement>("[data-fact]")?.focus();
    if (!enabled || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (button) (key === "3" ? document.getElementById("reason") : button)?.focus();
    else if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
    else if (key === "c") {
      const details = document.activeElement?.closest("[data-fact]")?.querySelector("details");
      if (!details) return;
      details.open = true;
      details.querySelector("input")?.focus();
    } else return;
    event.preventDefault();
  });

  const reveal = document.getElementById("reveal") as HTMLFormElement | null;
  reveal?.addEventListener("submit", (event) => {
    const button = event.submitter as HTMLButtonElement | null;
    const fact = button?.closest<HTMLElement>("[data-fact]");
    if (!button || !fact) return;
    event.preventDefault();
    const body = new URLSearchParams();
    new FormData(reveal).forEach((value, name) => body.set(name, String(value)));
    body.set("path", button.value);
    void fetch(reveal.action, { method: "POST", body, headers: { Accept: "text/html" } })
      .then(async (answer) => {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const shown = page.getElementById(fact.id)?.querySelector(".value");
        const key = page.querySelector<HTMLInputElement>("#reveal [name=_key]");
        if (!answer.ok || !shown || !key) throw new Error(answer.statusText);
        fact.querySelector(".value")?.replaceWith(shown);
        reveal.querySelector<HTMLInputElement>("[name=_key]")!.value = key.value;
        button.closest(".tool")?.remove();
      })
      .catch(() => (button.lastChild!.textContent = "没能显示，再试"));
  });
}
