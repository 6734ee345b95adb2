// How far the composition of prompts is from what the model server counted: every recording that was made with another
// tokenizer, against the log of the server, which knows the tokens of every message of every prompt. Then the same with
// other weights of texts, with what each costs.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { quantile } from "simple-statistics";
import { estimateTokenCount } from "tokenx";

const ROOT = "test/fixtures/encodings";
const RECORDED = "test/fixtures/opencode/1.18.34";
const ENCODINGS = ["o200k_base", "cl100k_base", "p50k_base"];
const SCENARIOS = ["debug-auth", "parallel-agents", "compaction", "mixed-results"];
/** Smaller additions are compared in tokens: a token more or less of 4 says nothing as a share. */
const SMALL_TOKENS = 200;
const CARRIED_TOKENS = 500;
const COST_BYTES = 19e6;

const modules = await bundled();

/** The tables, and the budgets that were not met. `withOthers`: also what other weights of texts would do. */
export async function tokenAccuracy(withOthers) {
  const own = await errorsWith((text) => modules.shapeOf(text));
  const others = withOthers ? await candidates() : [];
  const compared = [];
  for (const { name, weigh } of others) compared.push(comparedRow(name, await errorsWith(weigh), weigh));
  return {
    table: ownTable(own),
    candidates: candidateTable([comparedRow("shapes (used)", own, modules.shapeOf), ...compared]),
    problems: problemsOf(own),
  };
}

/** What a weight that is one number looks like to the rest: so many words. */
function asWords(tokensOf) {
  const none = modules.shapeOf("");
  return (text) => ({ ...none, words: tokensOf(text) });
}

async function candidates() {
  const exact = async (name) => (await import(`gpt-tokenizer/encoding/${name}`)).countTokens;
  const o200k = await exact("o200k_base");
  const r50k = await exact("r50k_base");
  return [
    { name: "characters / 4", weigh: asWords((text) => text.length / 4) },
    { name: "bytes / 4", weigh: asWords((text) => Buffer.byteLength(text) / 4) },
    { name: "tokenx", weigh: asWords(estimateTokenCount) },
    { name: "gpt-tokenizer r50k_base", weigh: asWords(r50k) },
    { name: "gpt-tokenizer o200k_base", weigh: asWords(o200k) },
  ];
}

async function errorsWith(weigh) {
  const rows = [];
  for (const scenario of SCENARIOS)
    for (const encoding of ENCODINGS) rows.push({ scenario, encoding, ...(await compare(scenario, encoding, weigh)) });
  return rows;
}

async function compare(scenario, encoding, weigh) {
  const folder = folderOf(scenario, encoding);
  const store = await modules.openStore(storeIn(folder, scenario));
  const root = (await store.entries()).find(({ parentId }) => parentId === null);
  const session = await store.load(root.id, weigh);
  store.close();
  return errorsOf(session, truthIn(folder));
}

/** The o200k_base recordings of the older scenarios are those that everything else is tested on. */
function folderOf(scenario, encoding) {
  const own = join(ROOT, encoding, scenario);
  return existsSync(own) ? own : join(RECORDED, scenario);
}

function storeIn(folder, scenario) {
  const path = join(folder, "opencode.db");
  return existsSync(path) ? path : `examples/${scenario}.db`;
}

/** By call id: the tokens of its result, and over how many prompts. */
function truthIn(folder) {
  const content = new Map();
  const carried = new Map();
  for (const line of readFileSync(join(folder, "truth.ndjson"), "utf8").trim().split("\n")) {
    const { status, kind, parts } = JSON.parse(line);
    if (status !== 200 || kind === "title") continue;
    for (const part of parts) {
      const [id, tokens] = Array.isArray(part) ? part : [part.tool_call_id, part.tokens];
      if (!id) continue;
      content.set(id, tokens);
      carried.set(id, (carried.get(id) ?? 0) + tokens);
    }
  }
  return { content, carried };
}

function errorsOf(session, truth) {
  const errors = {
    one: [],
    small: [],
    several: [],
    byCount: new Map(),
    carried: [],
    calls: 0,
    wrongSums: 0,
    compared: 0,
  };
  const first = new Map();
  const carried = new Map();
  const fileOf = new Map();
  modules.composeCalls(session, ({ call, baseTokens, heldTokens, unattributedTokens }) => {
    const { isCompaction } = call.message;
    const sum = baseTokens + heldTokens.reduce((total, tokens) => total + tokens, 0) + unattributedTokens;
    errors.calls++;
    if (!isCompaction && sum !== call.promptTokens) errors.wrongSums++;
    const added = [];
    call.held.forEach((item, i) => {
      if (item.kind !== "tool-result") return;
      carried.set(item.callId, (carried.get(item.callId) ?? 0) + heldTokens[i]);
      if (item.path !== null) fileOf.set(item.callId, item.path);
      if (first.has(item.callId)) return;
      first.set(item.callId, heldTokens[i]);
      added.push(item.callId);
    });
    for (const id of added) {
      const is = truth.content.get(id);
      if (is === undefined) continue;
      errors.compared++;
      const off = Math.abs(first.get(id) - is);
      if (added.length > 1) {
        errors.several.push(off / is);
        errors.byCount.set(added.length, [...(errors.byCount.get(added.length) ?? []), off / is]);
      } else if (is >= SMALL_TOKENS) errors.one.push(off / is);
      else errors.small.push(off);
    }
  });
  errors.carried = carriedErrors(carried, truth.carried, fileOf);
  errors.missed = [...truth.content.keys()].filter((id) => !first.has(id)).length;
  return errors;
}

/** By file: the tokens of all its results in all prompts. */
function carriedErrors(carried, truth, fileOf) {
  const files = new Map();
  for (const [id, tokens] of truth) {
    const file = fileOf.get(id);
    if (!file) continue;
    const [is, worked] = files.get(file) ?? [0, 0];
    files.set(file, [is + tokens, worked + (carried.get(id) ?? 0)]);
  }
  return [...files.values()].filter(([is]) => is > CARRIED_TOKENS).map(([is, worked]) => Math.abs(worked / is - 1));
}

function ownTable(rows) {
  return [
    "| scenario | model's tokenizer | one result: p95 (n) | one small result: most off (n) | 2 at once: p50 / p95 (n) | 3 at once | 4 at once | carried by file: most off (n) | prompts that sum exactly |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows.map(
      ({ scenario, encoding, one, small, byCount, carried, calls, wrongSums }) =>
        `| ${scenario} | ${encoding} | ${shares(one, 0.95)} | ${tokens(small)} | ${[2, 3, 4].map((n) => shares(byCount.get(n) ?? [], 0.5, 0.95)).join(" | ")} | ${shares(carried, 1)} | ${calls - wrongSums} of ${calls} |`,
    ),
  ].join("\n");
}

function shares(errors, ...quantiles) {
  if (errors.length === 0) return "–";
  return `${quantiles.map((p) => `${(100 * quantile(errors, p)).toFixed(1)} %`).join(" / ")} (${errors.length})`;
}

function tokens(errors) {
  return errors.length === 0 ? "–" : `${Math.max(...errors)} tokens (${errors.length})`;
}

/** The worst of the three tokenizers over `mixed-results`, and what weighing 19 MB takes. */
function comparedRow(name, rows, weigh) {
  const mixed = rows.filter(({ scenario }) => scenario === "mixed-results");
  const at = (p) => mixed.map(({ several }) => `${(100 * quantile(several, p)).toFixed(1)} %`).join(" / ");
  return { name, p50: at(0.5), p95: at(0.95), ms: costOf(weigh) };
}

/** Outputs of a real session's size, weighed once; the best of three runs. */
function costOf(weigh) {
  const text = readFileSync("README.md", "utf8");
  const texts = Array.from({ length: Math.ceil(COST_BYTES / text.length) }, (_, i) =>
    Buffer.from(`${i}${text}`).toString(),
  );
  const times = [0, 1, 2].map(() => {
    const before = performance.now();
    for (const each of texts) weigh(each);
    return performance.now() - before;
  });
  return Math.round(Math.min(...times));
}

function candidateTable(rows) {
  return [
    "| weight | p50, o200k / cl100k / p50k | p95, the same | 19 MB of text |",
    "|---|---|---|---|",
    ...rows.map(({ name, p50, p95, ms }) => `| ${name} | ${p50} | ${p95} | ${ms} ms |`),
  ].join("\n");
}

function problemsOf(rows) {
  return rows.flatMap(({ scenario, encoding, one, several, carried, wrongSums, missed }) => {
    const mixed = scenario === "mixed-results";
    const name = `${scenario} ${encoding}`;
    const over = (what, errors, p, budget) =>
      errors.length > 0 && quantile(errors, p) > budget
        ? [`${name}: ${what}, p${p * 100} is ${(100 * quantile(errors, p)).toFixed(1)} %, budget ${100 * budget} %`]
        : [];
    return [
      ...over("one result", one, 0.95, 0.01),
      ...(mixed
        ? [...over("several results", several, 0.5, 0.05), ...over("several results", several, 0.95, 0.2)]
        : []),
      ...over("carried by a file", carried, 1, mixed ? 0.1 : 0.04),
      ...(mixed && several.length < 100 ? [`${name}: only ${several.length} results were compared`] : []),
      ...(wrongSums > 0 ? [`${name}: ${wrongSums} prompts do not sum`] : []),
      ...(missed > 0 ? [`${name}: ${missed} results are in no prompt`] : []),
    ];
  });
}

/** The stages themselves: the program writes no figure that is fine enough. */
async function bundled() {
  const outfile = "bench/stages.mjs";
  await build({
    stdin: {
      contents: `export { openStore } from "./src/load/index.ts";
        export { shapeOf } from "./src/load/text-shape.ts";
        export { composeCalls } from "./src/analyze/context/compose.ts";`,
      resolveDir: process.cwd(),
      loader: "ts",
    },
    ...{ outfile, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" },
    ...{ external: ["better-sqlite3"], mainFields: ["module", "main"] },
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  });
  return import(join(process.cwd(), outfile));
}
