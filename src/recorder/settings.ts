/** What the plugin was told to do. */
export interface Settings {
  readonly isEnabled: boolean;
  /** Whether a report of each session is kept. */
  readonly maySaveReports: boolean;
  readonly maxMetrics: number;
}

const MOST_METRICS = 1_000_000;

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_METRICS;

/**
 * The settings that a plugin's options say, `{ performance: { enabled, saveReports, maxMetrics } }`, and what to warn of:
 * names of what is not as it must be, for which the default stands.
 */
export function settingsOf(options: unknown): { readonly settings: Settings; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const given = objectOf(objectOf(options, "the options", wrong).performance, "performance", wrong);
  const setting = <Value>(name: string, isRight: (value: unknown) => value is Value, byDefault: Value): Value => {
    const value = given[name];
    if (isRight(value)) return value;
    if (value !== undefined) wrong.push(`performance.${name}`);
    return byDefault;
  };
  const settings = {
    isEnabled: setting("enabled", isBoolean, false),
    maySaveReports: setting("saveReports", isBoolean, true),
    maxMetrics: setting("maxMetrics", isCount, 1000),
  };
  return { settings, wrong };
}

function objectOf(value: unknown, name: string, wrong: string[]): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  if (value !== undefined) wrong.push(name);
  return {};
}
