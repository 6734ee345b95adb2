/** What a key does, and how the help calls it. */
export interface Key {
  readonly keys: readonly string[];
  readonly shown: string;
  readonly help: string;
  readonly action: Action;
}

export type Action =
  | "up"
  | "down"
  | "left"
  | "right"
  | "first"
  | "last"
  | "enter"
  | "fit"
  | "all"
  | "zoomIn"
  | "zoomOut"
  | "panLeft"
  | "panRight"
  | "search"
  | "nextHit"
  | "previousHit"
  | "slower"
  | "faster"
  | "help"
  | "escape";

export const KEYS: readonly Key[] = [
  { keys: ["ArrowUp"], shown: "↑", help: "what it lies in", action: "up" },
  { keys: ["ArrowDown"], shown: "↓", help: "the first thing in it", action: "down" },
  { keys: ["ArrowLeft"], shown: "←", help: "the one before it", action: "left" },
  { keys: ["ArrowRight"], shown: "→", help: "the one after it", action: "right" },
  { keys: ["Home"], shown: "Home", help: "the first beside it", action: "first" },
  { keys: ["End"], shown: "End", help: "the last beside it", action: "last" },
  { keys: ["Enter", "f"], shown: "Enter, f", help: "zoom to it", action: "enter" },
  { keys: ["0"], shown: "0", help: "show all", action: "all" },
  { keys: ["+", "="], shown: "+", help: "zoom in", action: "zoomIn" },
  { keys: ["-", "_"], shown: "−", help: "zoom out", action: "zoomOut" },
  { keys: ["a", "["], shown: "a", help: "move left", action: "panLeft" },
  { keys: ["d", "]"], shown: "d", help: "move right", action: "panRight" },
  { keys: ["/"], shown: "/", help: "search", action: "search" },
  { keys: ["n"], shown: "n", help: "next hit", action: "nextHit" },
  { keys: ["N"], shown: "N", help: "previous hit", action: "previousHit" },
  { keys: ["."], shown: ".", help: "next of the slowest", action: "slower" },
  { keys: [","], shown: ",", help: "previous of the slowest", action: "faster" },
  { keys: ["?"], shown: "?", help: "these keys", action: "help" },
  { keys: ["Escape"], shown: "Esc", help: "end the search, the selection, the zoom", action: "escape" },
];

/** The action of a key that is pressed without Ctrl, Alt or ⌘; undefined for none. */
export function actionOf({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): Action | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  return KEYS.find(({ keys }) => keys.includes(key))?.action;
}
