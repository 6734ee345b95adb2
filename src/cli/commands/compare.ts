import { comparison } from "../../analyze/comparison/index.js";
import type { ComparisonReport } from "../../model/comparison.js";
import type { Report } from "../../model/report.js";
import { comparisonAnswer } from "../../report/comparison-words.js";
import { visibleLine } from "../../report/visible.js";
import { type ComparedOptions, comparedReports } from "../compared-reports.js";
import { type ComparisonFormat, comparisonAs, comparisonExtension } from "../comparison-formats.js";
import type { Context } from "../context.js";
import { declaredNow } from "../moment.js";
import { defaultFileName, writeOutput } from "../output.js";
import { packageVersion } from "../package-files.js";

export interface CompareOptions extends ComparedOptions {
  readonly format: ComparisonFormat;
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

/** `sessionflame compare`: two sessions side by side, or two groups of them; A is what it was before. */
export async function compareCommand(a: string, b: string, options: CompareOptions, context: Context): Promise<void> {
  const say = options.quiet ? () => {} : context.stderr;
  const format = options.json ? "json" : options.format;
  const reports = await comparedReports([a, b], options, context, say);
  const compared = comparison(reports.a, reports.b, generator(options, context));
  const text = comparisonAs(format, compared);
  const target = options.output ?? (format === "html" ? "." : "-");
  if (target === "-") return context.stdout(text);
  const inputs = [...reports.files, options.config];
  const path = await writeOutput(text, target, fileName(compared, comparisonExtension(format)), context, inputs);
  const { lead, rest } = comparisonAnswer(compared);
  say(`${visibleLine(lead + rest)}\n`);
  context.stdout(`${path}\n`);
}

function generator(options: CompareOptions, context: Context): Report["generator"] {
  const madeAt = declaredNow(options.now, context);
  const made = { name: "sessionflame", version: packageVersion() } as const;
  return madeAt === null ? made : { ...made, madeAt };
}

/** Named after the newest session of each side. */
function fileName({ a, b }: ComparisonReport, extension: string): string {
  const [last, other] = [a, b].map(({ sessions }) => sessions.at(-1)?.id ?? "");
  return defaultFileName({ id: other ?? "", title: `comparison ${last?.slice(-6)}` }, extension);
}
