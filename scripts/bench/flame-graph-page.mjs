import { frames, placedFrames } from "./frames.mjs";

const WIDTH_PX = 1136;
const ROW_PX = 16;
const NARROWEST_PX = 0.1;
const CHAR_PX = 7;

/**
 * A page as flamegraph.pl draws it: one group, title, rectangle and text for each frame from 0.1 px, and a script that sets
 * each of them anew. Its own script also measures every text, which is left out here: the real one is slower.
 */
export function flameGraphPage(spans) {
  const placed = placedFrames(frames(spans), WIDTH_PX).filter(({ width }) => width >= NARROWEST_PX);
  const rows = placed.reduce((most, { depth }) => Math.max(most, depth + 1), 0);
  const drawn = placed.map((frame) => group(frame, placed[0].ms, rows)).join("\n");
  const height = rows * ROW_PX;
  const svg = `<svg class="chart" width="${WIDTH_PX}" height="${height}" viewBox="0 0 ${WIDTH_PX} ${height}">${drawn}</svg>`;
  const script = `(${zoomAndSearch})(${WIDTH_PX}, ${CHAR_PX})`;
  return `<!doctype html><meta charset="utf-8"><title>FlameGraph</title>${svg}<script>${script}</script>`;
}

function group({ name, ms, x, width, depth }, totalMs, rows) {
  const words = escaped(name);
  const y = (rows - 1 - depth) * ROW_PX;
  const title = `${words} (${Math.round(ms)} ms, ${((100 * ms) / totalMs).toFixed(2)}%)`;
  const rect = `<rect x="${x.toFixed(1)}" y="${y}.0" width="${width.toFixed(1)}" height="15.0" fill="rgb(227,118,45)" rx="2" ry="2" />`;
  const room = Math.floor(width / CHAR_PX);
  const label = room < 3 ? "" : escaped(name.slice(0, room));
  return `<g class="frame">\n<title>${title}</title>${rect}\n<text x="${(x + 3).toFixed(2)}" y="${y + 10.5}">${label}</text>\n</g>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Runs in the page. */
function zoomAndSearch(widthPx, charPx) {
  const all = [...document.querySelectorAll("g.frame")].map((g) => {
    const [title, rect, text] = g.children;
    const name = title.textContent.replace(/ \([^(]*$/, "");
    const [x, width, y] = ["x", "width", "y"].map((key) => Number(rect.getAttribute(key)));
    return { g, rect, text, name, x, width, y, fill: rect.getAttribute("fill") };
  });
  const show = (frame, x, width) => {
    frame.rect.setAttribute("x", x);
    frame.rect.setAttribute("width", width);
    frame.text.setAttribute("x", x + 3);
    const room = Math.floor(width / charPx);
    frame.text.textContent = room < 3 ? "" : frame.name.slice(0, room);
  };
  const zoom = (to) => {
    const scale = widthPx / to.width;
    for (const frame of all) {
      const isAbove = frame.y > to.y && frame.x <= to.x + 0.05 && frame.x + frame.width >= to.x + to.width - 0.05;
      const isIn = frame.y <= to.y && frame.x >= to.x - 0.05 && frame.x + frame.width <= to.x + to.width + 0.05;
      frame.g.style.display = isAbove || isIn ? "block" : "none";
      if (isAbove) show(frame, 0, widthPx);
      else if (isIn) show(frame, (frame.x - to.x) * scale, frame.width * scale);
    }
  };
  for (const frame of all) frame.g.addEventListener("click", () => zoom(frame));
  window.benchSearch = (term) => {
    const pattern = new RegExp(term);
    for (const { rect, name, fill } of all) rect.setAttribute("fill", pattern.test(name) ? "rgb(230,0,230)" : fill);
  };
}
