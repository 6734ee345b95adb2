import type { Report } from "../../src/model/report.js";
import { decodedReport } from "../../src/report/codec.js";
import { shownReport } from "../../src/report/shown-report.js";
import { unpackedText } from "./unpack.js";

/** The Report that the page was made from, its texts as they are shown; null where there is none, or where this browser cannot unpack it. */
export async function reportData(block: Element | null): Promise<Report | null> {
  if (!block) return null;
  try {
    return shownReport(decodedReport(await unpackedText(block.textContent ?? "")));
  } catch {
    return null;
  }
}
