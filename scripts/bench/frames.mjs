/**
 * The spans as the frames of a flame graph: a parent is as wide as its own time and its children, side by side. Idle time
 * is left out, which our chart folds. `frames[i]` has its parent's index; parents stand before their children.
 */
export function frames(spans) {
  const indexOf = new Map();
  const made = [];
  spans.forEach(({ kind, parent, name, args, selfMs }, id) => {
    if (kind === "user") return;
    indexOf.set(id, made.length);
    const ms = id === 0 ? 0 : selfMs; // the session's own time is the idle time
    made.push({ parent: indexOf.get(parent) ?? -1, name: args ? `${name} ${args}` : name, ms, children: [] });
  });
  for (let i = made.length - 1; i > 0; i--) made[made[i].parent].ms += made[i].ms;
  for (let i = 1; i < made.length; i++) made[made[i].parent].children.push(i);
  return made;
}

/** Where each frame lies in a picture of that width. */
export function placedFrames(all, widthPx) {
  const pxPerMs = widthPx / all[0].ms;
  const placed = all.map(({ name, ms }) => ({ name, ms, x: 0, width: ms * pxPerMs, depth: 0 }));
  all.forEach(({ children }, i) => {
    let x = placed[i].x;
    for (const child of children) {
      Object.assign(placed[child], { x, depth: placed[i].depth + 1 });
      x += placed[child].width;
    }
  });
  return placed;
}
