/** The reviewer's picture: buttons, wheel and pinch zoom, drag to move, quarter turns. */
export function viewers(): void {
  const viewer = document.querySelector<HTMLElement>(".viewer");
  const stage = viewer?.querySelector<HTMLElement>(".stage");
  const plate = stage?.querySelector<HTMLElement>(".turning");
  if (!viewer || !stage || !plate) return;
  let scale = 1, turns = 0, x = 0, y = 0, spread = 0;
  const fingers = new Map<number, PointerEvent>();
  const draw = () => {
    const sideways = turns % 2 ? stage.clientHeight / Math.max(plate.offsetWidth, 1) : 1;
    plate.style.transform = `translate(${x}px,${y}px) rotate(${turns * 90}deg) scale(${scale * Math.min(1, sideways)})`;
  };
  const zoom = (by: number) => {
    scale = Math.min(8, Math.max(1, scale * by));
    if (scale === 1) x = y = 0;
    draw();
  };
  viewer.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-zoom], [data-rotate]");
    if (!button) return;
    const by = Number(button.dataset.zoom);
    if (button.dataset.rotate !== undefined) turns++;
    else if (by) return zoom(by);
    else scale = 1, turns = x = y = 0;
    draw();
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 0.87);
  }, { passive: false });
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    spread = 0;
    stage.classList.add("dragging");
  });
  stage.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (spread) zoom(now / spread);
      spread = now;
    } else {
      x += event.clientX - last.clientX;
      y += event.clientY - last.clientY;
      draw();
    }
  });
  for (const type of ["pointerup", "pointercancel"] as const) {
    stage.addEventListener(type, (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) stage.classList.remove("dragging");
    });
  }
}
