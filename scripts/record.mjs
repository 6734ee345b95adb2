// Records the sessions that the token ledger is held against anew, with the model server that lies beside the checkout
// where the project is developed. Empties and uses /home/dev. `npm run record [-- NAME ...]`
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";

const LAB = "../shared/lab";
const OWN = "test/opencode/scenarios";
const FIXTURES = "test/fixtures";
const ENCODINGS = ["o200k_base", "cl100k_base", "p50k_base"];
const PREVIEW = "0.0.0-next-16350";

/** Where each recording goes, and how it is made. Those of the lab's own scenarios in o200k_base are there already. */
const RECORDINGS = [
  ...ENCODINGS.map((encoding) => ({ folder: `encodings/${encoding}/mixed-results`, encoding, isSlim: true })),
  ...ENCODINGS.slice(1).flatMap((encoding) =>
    ["debug-auth", "parallel-agents", "compaction"].map((name) => ({
      ...{ folder: `encodings/${encoding}/${name}`, encoding, isSlim: true },
    })),
  ),
  { folder: "opencode/1.18.34/attached-files" },
  { folder: "opencode/1.18.34/batched-reads", keepsEvents: true },
  { folder: "opencode/1.18.34/cache-misses" },
  { folder: "opencode/1.18.34/clean-agents" },
  { folder: "opencode/1.18.34/clean-feature" },
  { folder: "opencode/1.18.34/clean-question" },
  { folder: "opencode/1.18.34/heavy-base" },
  { folder: "opencode/1.18.34/long-talk" },
  { folder: "opencode/1.18.34/parallel-tasks", keepsEvents: true },
  { folder: "opencode/1.18.34/pruning" },
  { folder: "opencode/1.18.34/sequential-reads", keepsEvents: true },
  { folder: "opencode/1.18.34/serial-tasks", keepsEvents: true },
  { folder: "opencode/1.18.34/thrash" },
  { folder: "opencode/1.18.34/two-models" },
  { folder: "opencode/1.18.34/wasteful-habits" },
  { folder: "opencode/2.0-preview/attached-files", version: PREVIEW, keepsEvents: true },
  { folder: "recordings/1.18.34/debug-auth", keepsEvents: true, hasRecorder: true },
  { folder: "recordings/1.18.34/parallel-agents", keepsEvents: true, hasRecorder: true },
];
/** Sessionflame's own plugin, as `npm run build` made it. */
const RECORDER = { plugin: [[pathToFileURL("dist/plugin.js").href, { performance: { enabled: true } }]] };
/** An example, with what its project writes down by `sessionflame/telemetry` as it is built. */
const TELEMETRY_EXAMPLE = "parcels";

const lab = mkdtempSync(join(tmpdir(), "sessionflame-lab-"));
cpSync(LAB, lab, { recursive: true });
execFileSync("chmod", ["-R", "u+w", lab]);
execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: lab, stdio: "ignore" });
const wanted = process.argv.slice(2);
for (const recording of RECORDINGS)
  if (wanted.length === 0 || wanted.some((name) => recording.folder.includes(name))) record(recording);
if (wanted.length === 0 || wanted.includes(TELEMETRY_EXAMPLE)) recordTelemetry();
rmSync(lab, { recursive: true });

function record({ folder, version = "1.18.34", encoding = ENCODINGS[0], hasRecorder = false, ...kept }) {
  const name = `${folder.split("/").at(-1)}.json`;
  const scenario = existsSync(join(OWN, name)) ? join(process.cwd(), OWN, name) : join("scenarios", name);
  const out = played(scenario, version, encoding, hasRecorder ? RECORDER : {});
  const target = join(FIXTURES, folder);
  mkdirSync(target, { recursive: true });
  copyFileSync(join(out, "opencode.db"), join(target, "opencode.db"));
  if (hasRecorder) replaceFolder("/home/dev/.local/share/opencode/sessionflame", join(target, "sessionflame"));
  keep({ ...kept, hasRecorder }, out, target);
}

/** What else is kept of a recording, and what is not. */
function keep({ isSlim = false, keepsEvents = false, hasRecorder }, out, target) {
  if (!keepsEvents) dropEvents(join(target, "opencode.db"));
  const truth = readFileSync(join(out, "truth.ndjson"), "utf8");
  writeFileSync(join(target, "truth.ndjson"), isSlim ? slim(truth) : truth);
  const hasStats = !isSlim && !hasRecorder && existsSync(join(out, "stats.txt"));
  if (hasStats) copyFileSync(join(out, "stats.txt"), join(target, "stats.txt"));
}

function replaceFolder(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

/** The project finds the built writer where npm would put it. */
function recordTelemetry() {
  const scenario = JSON.parse(readFileSync(join(OWN, `${TELEMETRY_EXAMPLE}.json`), "utf8"));
  const manifest = { name: "sessionflame", type: "module", exports: { "./telemetry": "./telemetry.js" } };
  const files = {
    ...scenario.files,
    "node_modules/sessionflame/package.json": JSON.stringify(manifest),
    "node_modules/sessionflame/telemetry.js": readFileSync("dist/telemetry.js", "utf8"),
  };
  writeFileSync(join(lab, "telemetry.json"), JSON.stringify({ ...scenario, files }));
  const out = played("telemetry.json", "1.18.34", ENCODINGS[0]);
  const [database, told] = ["db", "telemetry.jsonl"].map((end) => join("examples", `${TELEMETRY_EXAMPLE}.${end}`));
  copyFileSync(join(out, "opencode.db"), database);
  dropEvents(database);
  copyFileSync(join("/home/dev", scenario.project, ".opencode", "telemetry", "telemetry.jsonl"), told);
}

/** Returns the folder with what was recorded. */
function played(scenario, version, encoding, config = {}) {
  const out = join(lab, "out");
  const how = ["--version", version, "--encoding", encoding, "--config", JSON.stringify(config)];
  const args = [...how, "--scenario", scenario, "--out", out];
  execFileSync(process.execPath, ["record.mjs", ...args], { cwd: lab, stdio: "inherit" });
  return out;
}

/** The event log holds every state of every part once more: nothing that the ledger of tokens reads. */
function dropEvents(path) {
  const db = new Database(path);
  db.pragma("journal_mode = DELETE");
  db.exec("DELETE FROM event; DELETE FROM event_sequence; VACUUM");
  db.close();
}

/** Of each answered request what `npm run accuracy` compares: the tokens of every tool result in its prompt. */
function slim(truth) {
  const requests = truth
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const kept = requests.filter(({ status, kind }) => status === 200 && kind !== "title");
  const lines = kept.map(({ n, kind, status, model, received, promptTokens, cached, completion, parts }) =>
    JSON.stringify({
      ...{ n, kind, status, model, received, promptTokens, cached, completion },
      parts: parts.flatMap(({ tool_call_id: id, tokens }) => (id ? [[id, tokens]] : [])),
    }),
  );
  return `${lines.join("\n")}\n`;
}
