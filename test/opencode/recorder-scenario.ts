/** Words that must stand in no recording: of a prompt, a file, a tool's arguments and output, and a provider's error. */
export const CANARIES = ["CANARYPROMPT", "CANARYFILE", "CANARYARGUMENT", "CANARYOUTPUT", "CANARYERROR", "CANARYANSWER"];

const bash = (command: string, description: string) => ["bash", { command, description }];
const read = (name: string) => ["read", { filePath: `__PROJECT__/${name}` }];
const write = (name: string) => ["write", { filePath: `__PROJECT__/${name}`, content: "CANARYARGUMENT" }];
const task = (subagent_type: string, prompt: string) => ["task", { description: "Look", prompt, subagent_type }];
/** Many requests, so that a 95th percentile is not the worst of a few. */
const QUICK = Array.from({ length: 12 }, (_, i) => ({ text: "Next.", ttft: 60, tools: [read(`small${i}.ts`)] }));
const REFUSED = { status: 429, times: 1, retryAfter: 1, error: "CANARYERROR: too many requests" };
/** A step of which the first attempt is refused. */
// biome-ignore lint/suspicious/noThenProperty: the model server calls it so
const refusedOnce = (step: object) => ({ ...REFUSED, then: step });

/**
 * Two prompts: tools that go well and one that fails, two subagents at once, an attempt that fails, and a context that
 * is full in the end. Each subagent has a model of its own, so that it can be told from the truth which request is whose.
 */
export const WORK = {
  title: "Work",
  limit: { context: 18_000, output: 2_000 },
  files: {
    ...Object.fromEntries(QUICK.map((_, i) => [`small${i}.ts`, `export const small = ${i}; // CANARYFILE\n`])),
    "big.ts": {
      lines: 450,
      line: "export const one# = 'a fairly long line of source code, number # of the only large file'",
    },
  },
  config: { agent: { scout: { description: "Looks quickly", mode: "subagent", model: "mock/mock-small" } } },
  turns: [{ prompt: "PLAY-WORK CANARYPROMPT" }, { prompt: "PLAY-MORE and more", args: ["-c"] }],
  plays: {
    "PLAY-WORK": [
      {
        reasoningWords: 20,
        text: "CANARYANSWER",
        ttft: 200,
        tools: [read("small0.ts"), bash("sleep 1; echo CANARYOUTPUT", "wait")],
      },
      {
        text: "Two at once.",
        ttft: 150,
        tools: [task("scout", "SUB-ONE CANARYPROMPT"), task("general", "SUB-TWO look")],
      },
      ...QUICK,
      { text: "It fails.", ttft: 100, tools: [read("missing.ts")] },
      refusedOnce({ text: "Written.", ttft: 250, words: 60, tools: [write("new.ts")] }),
      { text: "Done.", ttft: 200, words: 40 },
    ],
    "SUB-ONE": [
      { text: "Looking.", ttft: 250, tools: [read("small1.ts")] },
      { text: "Found.", ttft: 150 },
    ],
    "SUB-TWO": [
      { text: "Slowly.", ttft: 150, tools: [bash("sleep 1.5", "wait")] },
      { text: "Found.", ttft: 150 },
    ],
    "PLAY-MORE": [
      { text: "All of it.", ttft: 150, tools: [read("big.ts")] },
      { text: "Read.", ttft: 150, words: 40 },
    ],
  },
};

/** One tool, and an end. */
export const BRIEF = {
  title: "Brief",
  turns: [{ prompt: "PLAY-BRIEF do it" }],
  plays: {
    "PLAY-BRIEF": [
      { text: "First.", ttft: 100, tools: [bash("echo it", "say")] },
      { text: "Done.", ttft: 100 },
    ],
  },
};

/** A command and a change of files that must be permitted, and an attempt that is refused; and three equal calls at once. */
export const PERMITTED = {
  title: "Permitted",
  plays: {
    "PLAY-PERMITTED": [
      { text: "First.", ttft: 150, tools: [bash("sleep 0.5; echo CANARYOUTPUT", "wait")] },
      refusedOnce({ text: "Second.", ttft: 150, tools: [write("new.ts")] }),
      { text: "Done.", ttft: 150 },
    ],
    "PLAY-LOOP": [
      { text: "Again.", ttft: 150, tools: Array.from({ length: 3 }, () => read("opencode.json")) },
      { text: "Done.", ttft: 150 },
    ],
  },
};
