import type { MemoryUsage, OperationMetric } from "../model/performance-report.js";
import { field, nameAt, numberAt } from "./fields.js";

/** What earlier lines of the session say of the next operation. */
export interface LineContext {
  /** The model that was asked last. */
  model: string | null;
  memory: MemoryUsage | null;
}

export const newContext = (): LineContext => ({ model: null, memory: null });

type Said = Omit<OperationMetric, "memory">;
type Told = (line: unknown, context: LineContext) => Said | null;

/** What a line tells of an operation, by its kind. Lines of other kinds tell of none. */
const TOLD: ReadonlyMap<unknown, Told> = new Map<unknown, Told>([
  ["tool", toolMetric],
  ["stream-end", modelMetric],
  ["retry", modelMetric],
  ["permission", permissionMetric],
  ["operation", ownMetric],
]);

/** The operation that is over with a line of a recording, which may be of any shape; null where none is. */
export function lineMetric(line: unknown, context: LineContext): OperationMetric | null {
  const kind = field(line, "kind");
  if (kind === "request") context.model = nameAt(line, "model");
  if (kind === "memory") context.memory = memoryIn(line) ?? context.memory;
  const said = TOLD.get(kind)?.(line, context) ?? null;
  return said && { ...said, memory: context.memory };
}

function toolMetric(line: unknown): Said | null {
  const metadata = numbersIn({ inputBytes: field(line, "inputBytes"), outputBytes: field(line, "outputBytes") });
  return metric(line, "tool-execution", nameAt(line, "tool"), field(line, "durationMs"), { metadata });
}

/** From when a request was sent to the last that the model said, or to the failure of the attempt. */
function modelMetric(line: unknown, { model }: LineContext): Said | null {
  return metric(line, "model-call", model, field(line, "requestMs"), { ok: field(line, "ok") === true });
}

function permissionMetric(line: unknown): Said | null {
  const reply = field(line, "reply");
  const ok = reply === "once" || reply === "always";
  return metric(line, "permission", nameAt(line, "permission"), field(line, "waitedMs"), { ok });
}

function ownMetric(line: unknown): Said | null {
  const metadata = numbersIn(field(line, "metadata"));
  return metric(line, nameAt(line, "type"), nameAt(line, "name"), field(line, "durationMs"), { metadata });
}

interface More {
  readonly ok?: boolean;
  readonly metadata?: OperationMetric["metadata"];
}

function metric(line: unknown, type: string | null, name: string | null, length: unknown, more: More): Said | null {
  const at = numberAt(line, "at");
  if (type === null || at === null || typeof length !== "number" || !(length >= 0)) return null;
  const startedAt = numberAt(line, "startedAt") ?? at - Math.round(length);
  return { type, name, startedAt, durationMs: length, ok: field(line, "ok") === true, metadata: {}, ...more };
}

/** The numbers of an object, a few of them. */
export function numbersIn(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== "object" || value === null) return {};
  const numbers = Object.entries(value).filter(([, number]) => typeof number === "number" && Number.isFinite(number));
  return Object.fromEntries(numbers.slice(0, MOST_NUMBERS));
}

const MOST_NUMBERS = 20;

/** A sample of memory, null for what is none. */
export function memoryIn(value: unknown): MemoryUsage | null {
  const names = ["heapUsed", "heapTotal", "external", "rss"] as const;
  const [heapUsed, heapTotal, external, rss] = names.map((name) => numberAt(value, name));
  if (heapUsed == null || heapTotal == null || external == null || rss == null) return null;
  return { heapUsed, heapTotal, external, rss };
}
