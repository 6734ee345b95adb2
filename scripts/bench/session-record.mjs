const STARTED_AT = 1_795_188_863_757;
const CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHARS_IN_A_TOKEN = 4;
const SYSTEM_TOKENS = 12_000;
const USD_PER_TOKEN = { input: 3e-6, cached: 0.3e-6, output: 15e-6 };

/** Writes down what happens in a session in the form of an export of 1.18, and how many spans a report has of it. */
export class SessionRecord {
  spans = 1; // the session itself
  contextTokens = SYSTEM_TOKENS;
  #cachedTokens = 0;
  #total = { cost: 0, input: 0, output: 0, reasoning: 0, read: 0 };
  #now = STARTED_AT;
  #idAt = 0;
  #idCount = 0;
  #calls = 0;
  #promptId = "";
  #messages = [];
  #random;
  #folder;
  #id;

  constructor(random, folder) {
    this.#random = random;
    this.#folder = folder;
    this.#id = this.#newId("ses", this.#now);
  }

  get messageCount() {
    return this.#messages.length;
  }

  idle(ms) {
    if (this.#messages.length === 0) return;
    this.#now += ms;
    this.spans += 1;
  }

  prompt(text, model) {
    this.#user([{ type: "text", text }], model);
    this.#now += this.#random.whole(20, 700);
    this.contextTokens += tokensOf(text);
    this.spans += 1;
  }

  /** A model call and the tools that it called. */
  step(answer, model, agent = "build") {
    const createdAt = this.#now;
    const { parts, endAt } = this.#streamed(answer);
    const tokens = this.#spend(answer);
    const finish = answer.calls.length > 0 ? "tool-calls" : "stop";
    const completed = endAt + answer.overheadMs;
    parts.push({ at: endAt, part: { type: "step-finish", reason: finish, ...tokens } });
    const extra = { time: { created: createdAt, completed }, finish, ...tokens };
    this.#add(createdAt, { ...this.#answerInfo(agent, model), ...extra }, parts);
    this.#now = completed + this.#random.whole(2, 8);
    this.spans += 3 + answer.calls.length; // the step, its model call, the wait in it
  }

  /** The provider failed before anything came. */
  failedStep(ms, model) {
    const createdAt = this.#now;
    const error = { name: "APIError", data: { message: "Overloaded", statusCode: 529, isRetryable: true } };
    const extra = { time: { created: createdAt, completed: createdAt + ms }, error, ...usage(0, 0, 0, 0) };
    this.#add(createdAt, { ...this.#answerInfo("build", model), ...extra }, []);
    this.#now += ms;
    this.spans += 2; // all of the call is waiting
  }

  /** OpenCode summarizes when the context is nearly full, then goes on in the same turn. */
  compaction(answer, model) {
    this.#user([{ type: "compaction", auto: true, overflow: false }], model);
    this.step(answer, model, "compaction");
    this.contextTokens = SYSTEM_TOKENS + tokensOf(answer.text.text);
    this.#cachedTokens = 0;
    this.#user([{ type: "text", synthetic: true, text: "Continue if you have next steps." }], model);
  }

  exported(title) {
    const { cost, input, output, reasoning, read } = this.#total;
    const info = { id: this.#id, slug: "quick-river", projectID: "global", directory: this.#folder, title };
    const tokens = { input, output, reasoning, cache: { read, write: 0 } };
    const time = { created: STARTED_AT, updated: this.#now };
    return { info: { ...info, version: "1.18.34", cost, tokens, time }, messages: this.#messages };
  }

  /** The parts of an answer one after the other; a tool runs from when its arguments are complete. */
  #streamed({ waitMs, reasoning, text, calls }) {
    let at = this.#now + waitMs;
    const parts = [{ at, part: { type: "step-start" } }];
    for (const [type, said] of Object.entries({ reasoning, text })) {
      if (!said) continue;
      parts.push({ at, part: { type, text: said.text, time: { start: at, end: at + said.ms } } });
      at += said.ms;
    }
    let endAt = at;
    for (const { tool, state, ms, argumentsMs } of calls) {
      const start = at + argumentsMs;
      const callID = `call_${this.#calls++}`;
      parts.push({ at, part: { type: "tool", tool, callID, state: { ...state, time: { start, end: start + ms } } } });
      at = start;
      endAt = Math.max(endAt, start + ms);
    }
    return { parts, endAt };
  }

  /** What the answer cost; what it said and what the tools returned is in the next prompt. */
  #spend({ reasoning, text, calls }) {
    const said =
      tokensOf(text?.text) + calls.reduce((sum, { state }) => sum + tokensOf(JSON.stringify(state.input)), 0);
    const spent = usage(this.contextTokens - this.#cachedTokens, said, tokensOf(reasoning?.text), this.#cachedTokens);
    this.#cachedTokens = this.contextTokens;
    this.contextTokens += said + calls.reduce((sum, { state }) => sum + tokensOf(state.output ?? state.error), 0);
    const { cost, tokens } = spent;
    const sums = { cost, input: tokens.input, output: tokens.output, reasoning: tokens.reasoning };
    for (const [name, value] of Object.entries({ ...sums, read: tokens.cache.read })) this.#total[name] += value;
    return spent;
  }

  #user(parts, model) {
    const info = { role: "user", time: { created: this.#now }, agent: "build", model, summary: { diffs: [] } };
    this.#promptId = this.#add(
      this.#now,
      info,
      parts.map((part) => ({ at: this.#now, part })),
    );
    this.#now += 1;
  }

  #answerInfo(agent, { providerID, modelID }) {
    const summary = agent === "compaction" ? { summary: true } : {};
    const path = { cwd: this.#folder, root: this.#folder };
    return { parentID: this.#promptId, role: "assistant", mode: agent, agent, ...summary, path, modelID, providerID };
  }

  #add(at, info, parts) {
    const id = this.#newId("msg", at);
    const belongs = { sessionID: this.#id, messageID: id };
    const named = parts.map(({ at: partAt, part }) => ({ ...part, id: this.#newId("prt", partAt), ...belongs }));
    this.#messages.push({ info: { ...info, id, sessionID: this.#id }, parts: named });
    return id;
  }

  /** OpenCode's ids begin with the time, twelve hexadecimal digits of it; those of sessions run backwards. */
  #newId(prefix, at) {
    this.#idCount = at === this.#idAt ? this.#idCount + 1 : 1;
    this.#idAt = at;
    const stamp = BigInt(at) * 4_096n + BigInt(this.#idCount);
    const hex = BigInt.asUintN(48, prefix === "ses" ? ~stamp : stamp).toString(16);
    const tail = Array.from({ length: 14 }, () => this.#random.pick(CHARS)).join("");
    return `${prefix}_${hex.padStart(12, "0")}${tail}`;
  }
}

function usage(input, output, reasoning, read) {
  const prompt = input * USD_PER_TOKEN.input + read * USD_PER_TOKEN.cached;
  const cost = Number((prompt + (output + reasoning) * USD_PER_TOKEN.output).toFixed(7));
  const tokens = { total: input + output + reasoning + read, input, output, reasoning, cache: { read, write: 0 } };
  return { cost, tokens };
}

function tokensOf(text = "") {
  return Math.ceil(text.length / CHARS_IN_A_TOKEN);
}
