import fc from "fast-check";

/** What a session may go through: a habit, how many times, and how much of it (0 to 1). */
interface Episode {
  readonly habit: keyof typeof HABITS;
  readonly times: number;
  readonly amount: number;
}

interface RandomTurn {
  readonly promptWords: number;
  /** Before the turn. */
  readonly idleMs: number;
  readonly episodes: readonly Episode[];
}

interface RandomSession {
  readonly baseTokens: number;
  /** How much longer a call waits for each thousand tokens of its prompt. */
  readonly waitPerThousandMs: number;
  readonly turns: readonly RandomTurn[];
  /** How many words the names and descriptions of skills have that nobody uses, by skill. */
  readonly skills: readonly number[];
}

const PRICES = { "p/large": 3e-6, "p/small": 0.25e-6 };
const TOKENS_A_WORD = 1.3;

/** Writes a story (see story-text.ts) while time passes and the prompt grows. */
class Writer {
  readonly lines: string[] = [];
  model: keyof typeof PRICES = "p/large";
  #now = 0;
  #context = 0;
  #files = 0;
  #calls = 0;
  readonly #session: RandomSession;
  /** Of the call before: what a cache would hold. */
  #warm = 0;
  /** A turn's line is written when its end is known. */
  #turnAt = 0;
  #turnStart = 0;

  constructor(session: RandomSession) {
    this.#session = session;
  }

  turn({ promptWords, idleMs, episodes }: RandomTurn): void {
    this.#now += idleMs;
    if (idleMs > 300_000) this.#warm = 0;
    this.#turnAt = this.lines.push("") - 1;
    this.#turnStart = this.#now;
    this.grow(promptWords);
    for (const { habit, times, amount } of episodes) HABITS[habit](this, times, amount);
    this.lines[this.#turnAt] = `turn ${this.#turnStart}..${this.#now} asks:${promptWords}`;
  }

  newFile(): string {
    return `src/file${++this.#files}.ts`;
  }

  lastFile(): string {
    return `src/file${Math.max(1, this.#files)}.ts`;
  }

  /** The id that the next call will have, plus `ahead`. */
  callId(ahead = 0): string {
    return `c${this.#calls + 1 + ahead}`;
  }

  grow(words: number): void {
    this.#context += Math.round(words * TOKENS_A_WORD);
  }

  shrink(): void {
    this.#context = Math.round(this.#context * 0.05);
    this.#warm = 0;
  }

  forget(): void {
    this.#warm = 0;
  }

  /** One step. `calls`: lines without times; each takes `callMs`. */
  step(calls: readonly string[] = [], more: StepWords = {}): void {
    const { outTokens = 40, callMs = 60, words = "", givesWords = 0, retryMs = 0, perTokenMs = 12, indent = 1 } = more;
    const prompt = this.#session.baseTokens + this.#context;
    const waitMs = 300 + retryMs + Math.round((prompt / 1000) * this.#session.waitPerThousandMs);
    const from = this.#now;
    const first = from + waitMs;
    const until = first + Math.round(outTokens * perTokenMs);
    const end = until + 20 + (calls.length > 0 ? callMs : 0);
    const retry = retryMs > 0 ? ` retry:${from}..${from + retryMs}` : "";
    const cached = Math.min(this.#warm, prompt);
    this.#warm = prompt;
    const cost = this.#cost(prompt, cached, outTokens);
    this.#line(
      indent,
      `step ${from}..${end} first:${first} until:${until} model:${this.model} prompt:${prompt} cached:${cached} out:${outTokens} cost:${cost}${retry} ${words}`,
    );
    for (const call of calls) this.#line(indent + 1, call.replace("@", `${until + 10}..${until + 10 + callMs}`));
    this.#calls += calls.length;
    this.#context += outTokens + Math.round(givesWords * TOKENS_A_WORD);
    this.#now = end + 5;
  }

  /** A step whose one call starts a subagent that works for a while. */
  task(workMs: number): void {
    const from = this.#now;
    const end = from + workMs + 900;
    const price = this.#cost(this.#session.baseTokens, 0, 30);
    this.#line(
      1,
      `step ${from}..${end} first:${from + 300} until:${from + 400} model:${this.model} prompt:${this.#session.baseTokens + this.#context} out:30 cost:${this.#cost(this.#session.baseTokens + this.#context, 0, 30)}`,
    );
    this.#line(2, `task ${from + 420}..${end - 10} on:look_around gives:40`);
    this.#line(3, `subagent ${from + 440}..${end - 20} asks:30`);
    this.#line(
      4,
      `step ${from + 440}..${end - 20} first:${from + 700} model:${this.model} prompt:${this.#session.baseTokens} out:30 cost:${price}`,
    );
    this.#calls++;
    this.#context += 80;
    this.#now = end + 5;
  }

  compaction(): void {
    const prompt = this.#context + 500;
    this.#line(
      1,
      `compaction ${this.#now}..${this.#now + 2_000} first:${this.#now + 400} model:${this.model} prompt:${prompt} out:200 cost:${this.#cost(prompt, 0, 200)} says:150 auto`,
    );
    this.#now += 2_010;
    this.shrink();
  }

  #cost(prompt: number, cached: number, output: number): number {
    const rate = PRICES[this.model];
    return Number(((prompt - cached) * rate + cached * rate * 0.1 + output * rate * 5).toFixed(10));
  }

  #line(depth: number, text: string): void {
    this.lines.push(`${"  ".repeat(depth)}${text}`);
  }
}

interface StepWords {
  readonly outTokens?: number;
  readonly callMs?: number;
  readonly words?: string;
  readonly givesWords?: number;
  readonly retryMs?: number;
  readonly perTokenMs?: number;
  readonly indent?: number;
}

type Habit = (writer: Writer, times: number, amount: number) => void;
const repeat = (times: number, act: (i: number) => void) => Array.from({ length: times }, (_, i) => act(i));

const HABITS = {
  work: (writer, times) =>
    repeat(times, () => writer.step([`edit ${writer.newFile()} @ gives:5`], { words: "reasoned:30", givesWords: 5 })),
  look: (writer, times, amount) =>
    repeat(times, (i) => {
      const from = amount > 0.7 && i > 0 ? ` from:${writer.callId(-1)}` : "";
      writer.step([`read ${writer.newFile()} @ gives:200${from}`], { givesWords: 200 });
    }),
  loop: (writer, times) =>
    repeat(times, () => writer.step(["grep @ on:token same:x as:y gives:30"], { givesWords: 30 })),
  talk: (writer, times, amount) =>
    repeat(times, () =>
      writer.step([], {
        outTokens: 100 + Math.round(amount * 4_500),
        words: `says:${50 + Math.round(amount * 1_500)}`,
      }),
    ),
  flood: (writer, times, amount) =>
    repeat(times, () => {
      const words = Math.round(amount * 12_000);
      writer.step([`bash @ on:cat_log gives:${words}`], { givesWords: words });
    }),
  reread: (writer, times, amount) => {
    const file = writer.newFile();
    const words = Math.round(amount * 3_000);
    repeat(times + 1, () => writer.step([`read ${file} @ gives:${words} as:same`], { givesWords: words }));
  },
  stumble: (writer, times) =>
    repeat(times, () => {
      writer.step([`edit ${writer.lastFile()} @ error gives:10`], { givesWords: 10 });
      writer.step([`read ${writer.lastFile()} @ gives:100`], { givesWords: 100 });
    }),
  test: (writer, times, amount) =>
    repeat(times, (i) =>
      writer.step(["bash @ on:npm_test gives:20"], { callMs: Math.round(amount * 40_000) + i * 500, givesWords: 20 }),
    ),
  delegate: (writer, times, amount) => repeat(times, () => writer.task(1_000 + Math.round(amount * 20_000))),
  compact: (writer, times) =>
    repeat(times, () => {
      writer.step([`read ${writer.newFile()} @ gives:4000`], { givesWords: 4_000 });
      writer.compaction();
    }),
  ask: (writer, times, amount) =>
    repeat(times, () => writer.step(["bash @ on:rm_-rf_dist askfirst"], { callMs: Math.round(amount * 30_000) })),
  fail: (writer, times, amount) => repeat(times, () => writer.step([], { retryMs: Math.round(amount * 20_000) })),
  abort: (writer, _times, amount) =>
    writer.step([], { outTokens: 20 + Math.round(amount * 800), words: "aborted error:MessageAbortedError" }),
  chill: (writer) => {
    writer.forget();
    writer.step([], { outTokens: 60 });
  },
  switch: (writer, times) => {
    writer.model = writer.model === "p/large" ? "p/small" : "p/large";
    writer.forget();
    repeat(times, () =>
      writer.step(["glob @ on:files gives:20"], { givesWords: 20, perTokenMs: writer.model === "p/small" ? 4 : 12 }),
    );
  },
} satisfies Readonly<Record<string, Habit>>;

const names = Object.keys(HABITS) as (keyof typeof HABITS)[];
const amount = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const episode: fc.Arbitrary<Episode> = fc.record({
  habit: fc.constantFrom(...names),
  times: fc.integer({ min: 1, max: 6 }),
  amount,
});
const turn: fc.Arbitrary<RandomTurn> = fc.record({
  promptWords: fc.integer({ min: 1, max: 120 }),
  idleMs: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 1_500_000 })),
  episodes: fc.array(episode, { minLength: 1, maxLength: 5 }),
});
const session: fc.Arbitrary<RandomSession> = fc.record({
  baseTokens: fc.integer({ min: 3_000, max: 45_000 }),
  waitPerThousandMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
  turns: fc.array(turn, { minLength: 1, maxLength: 8 }),
  skills: fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 1, maxLength: 90, size: "max" }),
});

/** Much said, by both sides, and little looked at. */
const talk: fc.Arbitrary<RandomSession> = fc.record({
  baseTokens: fc.integer({ min: 1_000, max: 4_000 }),
  waitPerThousandMs: fc.integer({ min: 0, max: 200 }),
  turns: fc.array(
    fc.record({
      promptWords: fc.integer({ min: 1, max: 900 }),
      idleMs: fc.integer({ min: 0, max: 200_000 }),
      episodes: fc.array(
        fc.record({ habit: fc.constant("talk" as const), times: fc.integer({ min: 1, max: 3 }), amount }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 4, maxLength: 10 },
  ),
  skills: fc.constant([]),
});

/** Sessions in which any of the habits that suggestions are about may have been had, to any degree. */
export const stories: fc.Arbitrary<string> = fc.oneof({ weight: 7, arbitrary: session }, talk).map((random) => {
  const writer = new Writer(random);
  for (const words of random.skills.slice(0, 1))
    writer.lines.push(`skills 0..0 of:${random.skills.length} says:${words}`);
  for (const each of random.turns) writer.turn(each);
  return writer.lines.map((line) => line.replace(/ (\d+)\.\.(\d+)(.*) askfirst/, " $1..$2$3 ask:$1..$2")).join("\n");
});
