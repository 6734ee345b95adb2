import { element } from "../page/element.js";

const AWAY_PX = 14;

/** A card beside the pointer. */
export class HoverCard {
  readonly card = element("div", { class: "hover-card", hidden: "" });

  /** `words`: facts on one line, the first one the heading. */
  show(words: string, x: number, y: number, widthPx: number): void {
    const [heading = "", ...facts] = words.split(" · ");
    this.card.replaceChildren(element("b", {}, heading), ...facts.map((fact) => element("span", {}, fact)));
    this.card.hidden = false;
    const { offsetWidth } = this.card;
    const isRight = x + AWAY_PX + offsetWidth > widthPx;
    this.card.style.left = `${Math.max(0, isRight ? x - AWAY_PX - offsetWidth : x + AWAY_PX)}px`;
    this.card.style.top = `${y + AWAY_PX}px`;
  }

  hide(): void {
    this.card.hidden = true;
  }
}
