// Functions that run in a measured page, before its own script.

/** Says when something was painted first, and when two frames have passed since the page was loaded. */
export function watchPaint() {
  const loaded = new Promise((resolve) => {
    const afterTwoFrames = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    addEventListener("load", afterTwoFrames);
  });
  const first = new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const entry = list.getEntriesByName("first-contentful-paint")[0];
      if (entry) resolve(entry.startTime);
    });
    observer.observe({ type: "paint", buffered: true });
  });
  window.benchPaint = Promise.all([first, loaded]);
}

/**
 * `benchTime(selector, act, frames)`: what an action costs on the page's one thread. `workMs` is the action, the frames
 * that it asks for and the style and layout of what `selector` names after each, without painting; `paintedMs` is the time
 * until the frame after the last of them, painting and the wait for frames included. More than `frames` are not counted.
 */
export function timeFrames() {
  const MOST_FRAMES = 60; // a page that animates without end is left alone after a second
  const nextFrame = window.requestAnimationFrame.bind(window);
  let workMs = 0;
  let frames = 0;
  let selector = "";
  const timed = (work) => {
    const start = performance.now();
    work();
    if (selector) document.querySelector(selector)?.getBoundingClientRect();
    workMs += performance.now() - start;
  };
  window.requestAnimationFrame = (callback) =>
    nextFrame((at) => {
      frames++;
      timed(() => callback(at));
    });
  const isQuietWithin = async (most) => {
    for (let waited = 0; waited < most; waited++) {
      const before = frames;
      await new Promise(nextFrame);
      if (frames === before) return true;
    }
    return false;
  };
  window.benchTime = async (measured, act, mostFrames) => {
    await new Promise(nextFrame);
    [selector, workMs, frames] = [measured, 0, 0];
    const start = performance.now();
    timed(act);
    const isQuiet = await isQuietWithin(mostFrames);
    const result = { workMs, frames, paintedMs: performance.now() - start };
    selector = "";
    if (!isQuiet) await isQuietWithin(MOST_FRAMES);
    return result;
  };
}

/** Turns the wheel over the chart, one move after another. `at` is the pointer's place, as a share of the width. */
export async function turnWheel({ chart, moves, frames }) {
  document.querySelector(chart).scrollIntoView();
  const before = document.querySelector(chart).innerHTML;
  let redraws = false;
  const results = [];
  for (const { at, ...wheel } of moves) {
    const target = document.querySelector(chart);
    const { left, top, width } = target.getBoundingClientRect();
    const init = { bubbles: true, cancelable: true, clientX: left + width * at, clientY: top + 30, ...wheel };
    const time = await window.benchTime(chart, () => target.dispatchEvent(new WheelEvent("wheel", init)), frames);
    results.push({ ...time, kind: wheel.ctrlKey ? "zoom" : "pan" });
    redraws ||= document.querySelector(chart).innerHTML !== before;
  }
  return redraws ? results : null;
}

/** Clicks frames from all over the chart, each followed by a click on the widest, which shows everything again. */
export async function clickFrames({ chart, clicks, frames, mostMs }) {
  const widthOf = (frame) => frame.getBoundingClientRect().width;
  const wide = () => [...document.querySelectorAll(`${chart} g.frame`)].filter((frame) => widthOf(frame) >= 8);
  const click = (frame) => () => frame.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  const results = [];
  const start = performance.now();
  for (let i = 0; i < clicks && performance.now() - start < mostMs; i++) {
    const shown = wide();
    results.push(await window.benchTime(chart, click(shown[Math.floor(((i + 0.5) / clicks) * shown.length)]), frames));
    const widest = wide().reduce((a, b) => (widthOf(b) > widthOf(a) ? b : a));
    results.push(await window.benchTime(chart, click(widest), frames));
  }
  return results;
}

/** Searches for each term in turn, by the page's own search or by typing into its field. */
export async function search({ chart, field, terms, frames, mostMs }) {
  const results = [];
  const start = performance.now();
  for (const term of terms) {
    if (performance.now() - start > mostMs) break;
    const typed = () => {
      const input = document.querySelector(field);
      input.value = term;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const act = window.benchSearch ? () => window.benchSearch(term) : typed;
    results.push(await window.benchTime(chart, act, frames));
  }
  return results;
}

export function nodesOf(selector) {
  return document.querySelectorAll(selector).length;
}
