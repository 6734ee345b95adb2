import type { Action } from "./keys.js";
import { moveFrom } from "./moves.js";
import type { Hits } from "./search.js";
import type { Selection } from "./selection.js";
import { hitWords } from "./toolbar.js";
import type { Viewport } from "./viewport.js";

const ZOOM_STEP = 1.6;
const PAN_STEP = 0.25;

/** What keys and buttons act on. */
export interface Actors {
  readonly viewport: Viewport;
  readonly selection: Selection;
  hits(): Hits;
  openSearch(): void;
  openHelp(): void;
}

/** What each key and each button of the chart does. */
export function act(action: Action, { viewport, selection, hits, openSearch, openHelp }: Actors): void {
  const { index } = viewport;
  const stepToHit = (by: 1 | -1) => viewport.say(hitWords(hits(), selection.step(hits().ids, by)));
  const acts: Partial<Record<Action, () => void>> = {
    enter: () => viewport.enter(selection.id),
    all: () => viewport.show(null, true),
    zoomIn: () => viewport.zoom(1 / ZOOM_STEP, 0.5, true),
    zoomOut: () => viewport.zoom(ZOOM_STEP, 0.5, true),
    panLeft: () => viewport.pan(-PAN_STEP),
    panRight: () => viewport.pan(PAN_STEP),
    search: openSearch,
    nextHit: () => stepToHit(1),
    previousHit: () => stepToHit(-1),
    slower: () => selection.step(index.scene.slow(), 1),
    faster: () => selection.step(index.scene.slow(), -1),
    help: openHelp,
    escape: () => endLatest(viewport, selection),
  };
  const known = acts[action] ?? (() => selection.seek(moveFrom(index, selection.id, action)));
  known();
}

/** One thing at a time: the search, the selection, the zoom. */
function endLatest(viewport: Viewport, selection: Selection): void {
  const { find, zoom } = viewport.store.state;
  if (find !== "") {
    viewport.store.update({ find: "" });
    viewport.say("The search is over");
  } else if (selection.id !== null) selection.pick(null);
  else if (zoom) viewport.show(null, true);
}
