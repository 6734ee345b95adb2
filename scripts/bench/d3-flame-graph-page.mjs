import { build } from "esbuild";
import { frames } from "./frames.mjs";

const ENTRY = `
import { select } from "d3";
import flamegraph from "d3-flame-graph";
const { tree, minFrameSize } = JSON.parse(document.getElementById("data").textContent);
const chart = flamegraph().width(1136).transitionDuration(0).minFrameSize(minFrameSize);
select(".chart").datum(tree).call(chart);
window.benchSearch = (term) => chart.search(term);
`;

/** d3-flame-graph with its parts of d3 in one page, without its animation; everything else as it comes. */
export async function d3FlameGraphPage(spans, minFrameSize) {
  const { js, css } = await bundle();
  const data = JSON.stringify({ tree: tree(frames(spans)), minFrameSize }).replaceAll("<", "\\u003c");
  const head = `<meta charset="utf-8"><title>d3-flame-graph</title><style>${css}</style>`;
  const body = `<div class="chart"></div><script type="application/json" id="data">${data}</script>`;
  return `<!doctype html>${head}${body}<script>${js}</script>`;
}

async function bundle() {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: import.meta.dirname },
    outdir: "/",
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
    logLevel: "warning",
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { js: textOf(".js"), css: textOf(".css") };
}

function tree(all) {
  const nodes = all.map(({ name, ms }) => ({ name, value: ms, children: [] }));
  for (let i = 1; i < nodes.length; i++) nodes[all[i].parent].children.push(nodes[i]);
  return nodes[0];
}
