/** What hands do over a picture, in pixels from its left and upper edge. */
export interface Gestures {
  hover(x: number, y: number): void;
  leave(): void;
  select(x: number, y: number): void;
  enter(x: number, y: number): void;
  /** Moves the picture by so many pixels; false where it cannot move: then the page may. */
  pan(dx: number): boolean;
  zoom(factor: number, aboutX: number): void;
}

const DRAG_FROM_PX = 4;
const WHEEL_SPEED = 0.0025;
const LINE_PX = 16;

/**
 * Listens to mouse, pen, fingers and wheel. The page's own scrolling is never taken: a wheel that turns up or down is the
 * page's, and so is a finger that moves up or down (`touch-action: pan-y` in the style sheet).
 */
export function listenToGestures(target: Element, gestures: Gestures): void {
  const pointers = new Map<number, PointerEvent>();
  let isDrag = false;
  const at = (event: MouseEvent): [number, number] => {
    const { left, top } = target.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  on(target, "pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) isDrag = false;
    pointers.set(event.pointerId, event);
  });
  on(target, "pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") gestures.hover(...at(event));
      return;
    }
    const dx = event.clientX - before.clientX;
    if (pointers.size === 1 && !isDrag && Math.abs(dx) < DRAG_FROM_PX) return;
    if (!isDrag) {
      target.setPointerCapture(event.pointerId);
      gestures.leave();
    }
    isDrag = true;
    if (pointers.size === 2) pinch(before, event);
    else gestures.pan(-dx);
    pointers.set(event.pointerId, event);
  });
  const pinch = (before: PointerEvent, now: PointerEvent) => {
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== now.pointerId) as PointerEvent;
    const distance = (event: PointerEvent) =>
      Math.max(10, Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY));
    const middle = (event: PointerEvent) => (at(event)[0] + at(other)[0]) / 2;
    // In this order: where all is shown there is no room to move yet.
    gestures.zoom(distance(before) / distance(now), middle(before));
    gestures.pan(middle(before) - middle(now));
  };
  const end = (event: PointerEvent) => void pointers.delete(event.pointerId);
  on(target, "pointerup", end);
  on(target, "pointercancel", end);
  on(target, "pointerleave", (event) => {
    // A button that is let go elsewhere is not heard of here.
    end(event);
    gestures.leave();
  });
  on(target, "click", (event) => {
    if (!isDrag) gestures.select(...at(event));
  });
  on(target, "dblclick", (event) => gestures.enter(...at(event)));
  target.addEventListener("wheel", (event) => turnWheel(event as WheelEvent, gestures, at(event as WheelEvent)[0]), {
    passive: false,
  });
}

function turnWheel(event: WheelEvent, { pan, zoom }: Gestures, x: number): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    zoom(Math.exp(event.deltaY * unit * WHEEL_SPEED), x);
    return;
  }
  const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
  if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY) && pan(sideways * unit)) event.preventDefault();
}

function on<Type extends keyof HTMLElementEventMap>(
  target: Element,
  type: Type,
  listener: (event: HTMLElementEventMap[Type]) => void,
): void {
  target.addEventListener(type, listener as EventListener);
}
