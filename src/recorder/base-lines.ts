import { createHash } from "node:crypto";
import { field, nameAt } from "./fields.js";
import { type Pen, put } from "./pen.js";
import type { SessionState, ToolSize } from "./session-state.js";
import { charsOf } from "./sizes.js";

const MOST_TOOLS = 300;

/**
 * OpenCode names the tools of a prompt before it says for which session, all in one go: what was named since the last
 * prompt belongs to the next.
 */
export class ToolSizes {
  readonly #named = new Map<string, number>();
  #last: readonly ToolSize[] = [];

  /** Notes the size of one definition. */
  name(input: unknown, output: unknown): void {
    const tool = nameAt(input, "toolID");
    if (tool === null || (this.#named.size >= MOST_TOOLS && !this.#named.has(tool))) return;
    this.#named.set(tool, charsOf(field(output, "description")) + schemaChars(output));
  }

  /** The sizes for the next prompt. Where none were named of late, two sessions were prepared at once: they have the same. */
  take(): readonly ToolSize[] {
    if (this.#named.size > 0) this.#last = [...this.#named].map(([tool, chars]) => ({ tool, chars }));
    this.#named.clear();
    return this.#last;
  }
}

/** OpenCode's own tools give a validator's object, of which the JSON that the model is sent cannot be told: it counts 0. */
function schemaChars(output: unknown): number {
  const schema = field(output, "jsonSchema") ?? field(output, "parameters");
  const isValidator = ["ast", "_zod", "_def"].some((mark) => field(schema, mark) !== undefined);
  return isValidator ? 0 : charsOf(schema);
}

/** The characters of a system prompt, a list of texts. */
export function systemSeen(state: SessionState, output: unknown): void {
  const system = field(output, "system");
  if (!Array.isArray(system)) return;
  state.systemChars = system.reduce((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
}

/** Writes what an answer's prompt begins with, where it is not what was written last. */
export function baseChange(pen: Pen): void {
  const { state } = pen;
  const body = { kind: "base", systemChars: state.systemChars, tools: state.toolSizes } as const;
  const key = createHash("sha1").update(JSON.stringify(body)).digest("base64");
  if (key === state.baseKey) return;
  state.baseKey = key;
  put(pen, body);
}
