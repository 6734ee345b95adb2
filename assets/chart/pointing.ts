import type { Box } from "../../src/flame/boxes.js";
import { firstIn } from "../../src/flame/frame.js";
import { HoverCard } from "./hover-card.js";
import type { Viewport } from "./viewport.js";

const NEAR_PX = 3;

/** What the pointer is over, and the card that says what it is. */
export class Pointing {
  readonly card = new HoverCard();
  box: Box | null = null;
  #at: readonly [x: number, y: number] | null = null;

  /** `onChange`: it is over something else now. */
  constructor(
    readonly viewport: Viewport,
    readonly rowPx: number,
    readonly onChange: () => void,
  ) {}

  /** The box that is drawn there; of those under a pixel the nearest. */
  boxAt(x: number, y: number): Box | null {
    const { index, view, widthPx } = this.viewport;
    const row = index.scene.boxes.rows[Math.floor(y / this.rowPx)] ?? [];
    const scale = (view.to - view.from) / widthPx;
    const at = view.from + x * scale;
    const first = Math.max(0, firstIn(row, at - NEAR_PX * scale) - 1);
    const distance = (box: Box) => Math.max(0, box.x - at, at - box.x - box.width);
    const near = row.slice(first, first + NEAR_PX * 4);
    const best = near.reduce<Box | null>((a, b) => (a && distance(a) <= distance(b) ? a : b), null);
    return best && distance(best) <= NEAR_PX * scale ? best : null;
  }

  move(x: number, y: number): void {
    this.#at = [x, y];
    this.#over(this.boxAt(x, y));
    if (this.box) this.card.show(this.viewport.index.scene.words(this.box), x, y, this.viewport.widthPx);
  }

  leave(): void {
    this.#at = null;
    this.#over(null);
  }

  /** Beneath a pointer that rests, the picture may have moved. */
  again(): void {
    if (this.#at && this.boxAt(...this.#at) !== this.box) this.move(...this.#at);
  }

  #over(box: Box | null): void {
    if (!box) this.card.hide();
    if (box === this.box) return;
    this.box = box;
    this.onChange();
  }
}
