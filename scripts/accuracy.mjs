// How far the report is from what really happened: every recorded session against the log of the model server that it
// talked to. Times: signed and absolute errors by release, in ms. Tokens: see accuracy-tokens.mjs; savings: accuracy-claims.mjs; with the plugin's recordings: accuracy-recordings.mjs. A budget that is not met ends with exit code 1.
// `--write` puts the tables into the README; `--short` leaves out the comparison of weights.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quantile } from "simple-statistics";
import { claimAccuracy } from "./accuracy-claims.mjs";
import { recordingAccuracy } from "./accuracy-recordings.mjs";
import { tokenAccuracy } from "./accuracy-tokens.mjs";

const ROOT = "test/fixtures/opencode";
const SCENARIOS = join(ROOT, "scenarios", "v1.18.34-scenarios.db");
const FIGURES = ["first output", "end of stream", "reasoning", "text", "tool call", "tool duration", "permission wait"];
/** Requests whose tokens OpenCode did not record, because it was killed. */
const KNOWN_UNMATCHED = { "1.18.34 faults": 1 };
/** From 1.17 on: [figure, quantile of the absolute error, ms]. */
const BUDGETS = [
  ["first output", 0.5, 15],
  ["first output", 0.95, 60],
  ["tool duration", 0.95, 60],
  ["end of stream", 0.95, 150],
  ["permission wait", 0.95, 200],
];
/** Why a release does worse than the others. */
const CAUSES = {
  "1.0.185": "first output: its mark is written after a snapshot of the files",
  "1.3.2": "first output: its mark is written after a snapshot of the files",
  "1.14.41": "tool duration: starts are overwritten, so a command counts from its first appearance",
  "1.15.13": "as 1.14.41; first output: one mark was written 0.3 s late, the others within 30 ms",
};

const problems = [];
const versions = readdirSync(ROOT)
  .filter((name) => /^\d/.test(name))
  .sort(byVersion);
const rows = versions.map((version) => ({ version, errors: errorsOf(version) }));
const over = rows.flatMap(({ version, errors }) => (byVersion(version, "1.17") < 0 ? [] : overBudget(version, errors)));
const table = markdown(rows);
const isShort = process.argv.includes("--short");
const tokens = await tokenAccuracy(!isShort);
const claims = claimAccuracy(reportOf);
const recordings = recordingAccuracy({ reportOf, truthIn, compare });
console.log(
  [table, recordings.table, tokens.table, claims.table, ...(isShort ? [] : [tokens.candidates])].join("\n\n"),
);
problems.push(...tokens.problems, ...claims.problems, ...recordings.problems);
for (const line of [...over, ...problems]) console.log(`WRONG: ${line}`);
if (process.argv.includes("--write")) {
  const readme = readFileSync("README.md", "utf8");
  const put = (text, name, content) =>
    text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), `$1${content}\n$2`);
  const withTimes = put(put(readme, "accuracy", table), "recording accuracy", recordings.table);
  // What weighing takes differs from machine to machine, so that table is not in the README.
  const withTokens = put(withTimes, "token accuracy", tokens.table);
  writeFileSync("README.md", put(withTokens, "claim accuracy", claims.table));
}
process.exitCode = over.length + problems.length > 0 ? 1 : 0;

function errorsOf(version) {
  const errors = Object.fromEntries(FIGURES.map((name) => [name, []]));
  for (const scenario of readdirSync(join(ROOT, version))) {
    const folder = join(ROOT, version, scenario);
    const store = storeIn(folder, version, scenario);
    if (!store || !existsSync(join(folder, "truth.ndjson"))) continue;
    compare(`${version} ${scenario}`, reportOf(store), truthIn(folder), errors);
  }
  if (version === "1.18.34") comparePermissions(errors);
  return errors;
}

function storeIn(folder, version, scenario) {
  const places = [join(folder, "opencode.db"), join(folder, "storage")];
  if (version === "1.18.34" && scenario === "debug-auth") places.push("examples/debug-auth.db");
  return places.find(existsSync);
}

function reportOf(store, session = "last", more = []) {
  const args = ["dist/cli.js", "report", session, "--db", store, "--json", "--redact", "none", "--quiet", ...more];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 }));
}

/** The requests that were answered to their end; the title's stands in no message. */
function truthIn(folder) {
  const lines = readFileSync(join(folder, "truth.ndjson"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line)).filter(({ status, kind }) => status === 200 && kind !== "title");
}

/** A request is the call of the same model during which it came in, with as many tokens and the same tool calls; each call once. */
function compare(name, { time, tokens }, truth, errors) {
  const promptOf = new Map(
    tokens.byMessage.map(({ messageId, tokens: own }) => [
      messageId,
      own ? own.uncachedInput + own.cacheRead + own.cacheWrite : null,
    ]),
  );
  const left = new Set(time.modelCalls);
  let unmatched = 0;
  for (const request of truth) {
    const call = [...left].find(
      ({ startedAt, endedAt, messageId, model }) =>
        startedAt - 50 <= request.received &&
        request.received <= endedAt + 1_000 &&
        (model.split("/").at(-1) === request.model || model === "unknown model") &&
        promptOf.get(messageId) === request.promptTokens,
    );
    left.delete(call);
    if (call) compareCall(call, request, time.toolCalls, errors);
    else unmatched++;
  }
  if (unmatched !== (KNOWN_UNMATCHED[name] ?? 0)) problems.push(`${name}: ${unmatched} requests are in no model call`);
}

function compareCall(call, request, toolCalls, errors) {
  const { received, firstByte, reasoningEnded, textEnded, ended, calls = [] } = request;
  errors["request sent"]?.push(call.startedAt - received);
  if (call.firstOutputAt !== null) errors["first output"].push(call.firstOutputAt - firstByte);
  errors["end of stream"].push(call.endedAt - ended);
  if (call.reasoningMs !== null) errors.reasoning.push(call.reasoningMs - (reasoningEnded - firstByte));
  if (call.textMs !== null) errors.text.push(call.textMs - (textEnded - reasoningEnded));
  for (const { id, at, args } of calls)
    compareTool(
      toolCalls.find(({ callId }) => callId === id),
      at,
      args,
      errors,
    );
}

/** What a command sleeps is the least that it takes. */
function compareTool(tool, at, args, errors) {
  if (!tool) return;
  errors["tool call"].push(tool.calledAt - at);
  const seconds = /sleep (\d+(?:\.\d+)?)/.exec(args ?? "")?.[1];
  if (seconds && tool.status === "ok") errors["tool duration"].push(tool.durationMs - Number(seconds) * 1_000);
}

/** Prompts as a plugin saw them. Those under half a second count as preparation of the command. */
function comparePermissions(errors) {
  const asked = JSON.parse(readFileSync(join(ROOT, "scenarios", "v1.18.34-permission-waits.json"), "utf8"));
  for (const { sessionId, askedAt, repliedAt } of asked.filter((wait) => wait.repliedAt - wait.askedAt >= 500)) {
    const { spans } = reportOf(SCENARIOS, sessionId);
    const waits = spans.filter(({ kind, state }) => kind === "wait" && state === "waiting-for-user");
    const found = waits.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    errors["permission wait"].push(found - (repliedAt - askedAt));
  }
}

function overBudget(version, errors) {
  return BUDGETS.flatMap(([figure, p, ms]) => {
    const absolute = errors[figure].map(Math.abs);
    if (absolute.length === 0) return figure === "permission wait" ? [] : [`${version}: ${figure} was never compared`];
    if (quantile(absolute, p) <= ms) return [];
    return [`${version}: ${figure}, p${p * 100} is ${Math.round(quantile(absolute, p))} ms, budget ${ms} ms`];
  });
}

function markdown(all) {
  const cell = (errors) => {
    if (errors.length === 0) return "–";
    const at = (values, p) => Math.round(quantile(values, p));
    const absolute = errors.map(Math.abs);
    const signed = at(errors, 0.5);
    return `${signed > 0 ? "+" : ""}${signed} / ${at(absolute, 0.5)} / ${at(absolute, 0.95)} (${errors.length})`;
  };
  return [
    `| OpenCode | ${FIGURES.join(" | ")} | why worse |`,
    `|---|${FIGURES.map(() => "---|").join("")}---|`,
    ...all.map(
      ({ version, errors }) =>
        `| ${version} | ${FIGURES.map((name) => cell(errors[name])).join(" | ")} | ${CAUSES[version] ?? ""} |`,
    ),
  ].join("\n");
}

function byVersion(a, b) {
  const [x, y] = [a, b].map((version) => version.split(/[.-]/).map(Number));
  for (let i = 0; i < 3; i++) if ((x[i] || 0) !== (y[i] || 0)) return (x[i] || 0) - (y[i] || 0);
  return 0;
}
