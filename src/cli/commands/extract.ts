import type { Context } from "../context.js";
import { renderedAs } from "../formats.js";
import { defaultFileName, writeOutput } from "../output.js";

export interface ExtractOptions {
  readonly output: string;
}

/** `sessionflame extract`: the Report in a page, byte for byte what `report --format json` printed. */
export async function extractCommand(page: string, { output }: ExtractOptions, context: Context): Promise<void> {
  const { readReport } = await import("../read-report.js"); // the schema takes time to load
  const { written, report } = await readReport(page, "page", context);
  const text = renderedAs("json", written as unknown as typeof report, {});
  if (output === "-") context.stdout(text);
  else context.stdout(`${await writeOutput(text, output, defaultFileName(report.session, ".json"), context)}\n`);
}
