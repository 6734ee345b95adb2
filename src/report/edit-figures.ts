import type { EditRow } from "../model/report.js";
import type { Share } from "../model/units.js";

/** How many tries worked. */
export interface SuccessRate {
  readonly succeeded: number;
  /** Those that worked and those that failed: what never ended is not in it. */
  readonly ended: number;
  /** null where none ended. */
  readonly rate: Share | null;
}

/** How often edits worked, by format and model. */
export interface EditMatrix {
  /** null: the model is not known. The most tried first, like the formats. */
  readonly models: readonly (string | null)[];
  /** How many further models have no column. */
  readonly modelsLeftOut: number;
  readonly formats: readonly {
    readonly format: string;
    /** One for each of `models`. */
    readonly cells: readonly SuccessRate[];
    readonly all: SuccessRate;
  }[];
  /** All formats together: one for each of `models`. */
  readonly byModel: readonly SuccessRate[];
  readonly all: SuccessRate;
}

/** Calls of the session, and what a telemetry file alone tells: two counts of what may be the same, never to be added up. */
export function editsBySource(rows: readonly EditRow[]): {
  session: readonly EditRow[];
  telemetry: readonly EditRow[];
} {
  return {
    session: rows.filter(({ basis }) => basis !== "recorded"),
    telemetry: rows.filter(({ basis }) => basis === "recorded"),
  };
}

/** `rows`: those of one source; `mostModels`: how many models have a column. What has none still counts for all. */
export function editMatrix(rows: readonly EditRow[], mostModels = Number.POSITIVE_INFINITY): EditMatrix {
  const all = mostTriedFirst(rows, ({ model }) => model);
  const models = all.slice(0, mostModels);
  return {
    models: models.map(([model]) => model),
    modelsLeftOut: all.length - models.length,
    formats: mostTriedFirst(rows, ({ format }) => format).map(([format, ofFormat]) => ({
      format,
      cells: models.map(([model]) => successRate(ofFormat.filter((row) => row.model === model))),
      all: successRate(ofFormat),
    })),
    byModel: models.map(([, ofModel]) => successRate(ofModel)),
    all: successRate(rows),
  };
}

export function successRate(rows: readonly { readonly succeeded: number; readonly failed: number }[]): SuccessRate {
  const succeeded = rows.reduce((sum, row) => sum + row.succeeded, 0);
  const ended = rows.reduce((sum, row) => sum + row.failed, succeeded);
  return { succeeded, ended, rate: ended === 0 ? null : succeeded / ended };
}

/** Of all of them together. */
export function summedRates(rates: readonly SuccessRate[]): SuccessRate {
  return successRate(rates.map(({ succeeded, ended }) => ({ succeeded, failed: ended - succeeded })));
}

function mostTriedFirst<Key>(rows: readonly EditRow[], keyOf: (row: EditRow) => Key): [Key, EditRow[]][] {
  const groups = new Map<Key, EditRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const tries = (group: readonly EditRow[]) => group.reduce((sum, { attempts }) => sum + attempts, 0);
  return [...groups].sort(([, a], [, b]) => tries(b) - tries(a));
}
