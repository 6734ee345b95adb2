/** How often each tool is called, of 100 calls. */
const SHARES = { read: 38, edit: 20, bash: 20, grep: 10, glob: 5, write: 4, todowrite: 3 };
const TOOLS = Object.entries(SHARES).flatMap(([tool, share]) => Array(share).fill(tool));
const ERROR_SHARE = 0.04;
const COMMANDS = ["npm test", "npm run lint", "git diff --stat", "npm run build", "npx tsc --noEmit", "git status"];

/** One call as OpenCode 1.18 records it, without its times: its state, and for how long it ran. */
export function inventedCall(random, project) {
  const tool = random.pick(TOOLS);
  const { ms, ...made } = CALLS[tool](random, project);
  if (!random.chance(ERROR_SHARE)) return { tool, ms, state: { status: "completed", title: "", ...made } };
  const error = `${tool} failed: ${project.text(random.spread(60, 400))}`;
  return { tool, ms, state: { status: "error", input: made.input, error } };
}

const CALLS = {
  read: ({ pick, spread }, { files, text }) => {
    const filePath = pick(files);
    const output = `<path>${filePath}</path>\n<type>file</type>\n<content>\n${text(spread(1_600, 16_000))}\n</content>`;
    return {
      ms: spread(12, 400),
      input: { filePath },
      output,
      metadata: { preview: "", truncated: false, loaded: [] },
    };
  },
  edit: ({ pick, spread }, { files, text }) => {
    const filePath = pick(files);
    const [oldString, newString] = [text(spread(120, 2_000)), text(spread(160, 3_000))];
    const filediff = { file: filePath, patch: "", additions: spread(4, 90), deletions: spread(3, 60) };
    const metadata = { diagnostics: {}, diff: "", filediff, truncated: false };
    const input = { filePath, oldString, newString };
    return { ms: spread(60, 3_000), input, output: "Edit applied successfully.", metadata };
  },
  write: ({ pick, spread }, { files, text }) => {
    const filePath = pick(files).replace(".ts", ".test.ts");
    const input = { filePath, content: text(spread(1_200, 9_000)) };
    const metadata = { diagnostics: {}, filepath: filePath, exists: false, truncated: false };
    return { ms: spread(45, 2_000), input, output: "Wrote file successfully.", metadata };
  },
  bash: ({ pick, spread, chance }, { files, text }) => {
    const command = `${pick(COMMANDS)}${chance(0.4) ? ` -- ${pick(files).slice(15)}` : ""}`;
    const output = text(spread(500, 12_000));
    const metadata = { output, exit: chance(0.1) ? 1 : 0, truncated: false };
    return { ms: spread(2_500, 120_000), input: { command }, output, metadata };
  },
  grep: ({ pick, spread, whole }, { folder, files, text }) => {
    const input = { pattern: pick(files).split(/[/.]/).at(-2), path: folder };
    return { ms: spread(40, 900), input, output: text(spread(700, 8_000)), metadata: { matches: whole(1, 40) } };
  },
  glob: ({ pick, spread }, { files }) => {
    const output = files.slice(0, spread(6, 60)).join("\n");
    return { ms: spread(25, 500), input: { pattern: `**/${pick(files).split("/").at(-1)}` }, output, metadata: {} };
  },
  todowrite: ({ spread }, { sentence }) => {
    const todos = [{ content: sentence(), status: "in_progress", priority: "high" }];
    return { ms: spread(4, 40), input: { todos }, output: JSON.stringify(todos), metadata: { todos } };
  },
};
