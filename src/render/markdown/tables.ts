import type { Report } from "../../model/report.js";
import { filesView, inputAnswer } from "../view/files.js";
import { slowRow } from "../view/slowest.js";
import { callGroups } from "../view/token-groups.js";
import { markdownCode, markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";
import { answerText } from "./inline.js";
import { markdownTable, plainTable } from "./table.js";

const SLOW_HEADINGS = [
  { label: "#", isNumber: true },
  { label: "Operation", isNumber: false },
  { label: "What", isNumber: false },
  { label: "Time", isNumber: true },
  { label: "of active", isNumber: true },
];

/** The slowest operations, as in the Overview. */
export function slowestText(report: Report): string {
  const rows = report.slowest.map((operation) => {
    const { rank, title, detail, note, duration, share } = slowRow(operation, report, () => null);
    const isCall = report.spans[operation.spanId]?.kind === "tool";
    const said = excerpt(detail, "cell");
    const what = isCall ? markdownCode(said) : markdownText(said);
    const remark = note ? `<i>${markdownText(excerpt(note, "cell"))}</i>` : "";
    const words = [what, remark].filter(Boolean).join("<br>");
    return [rank, markdownText(excerpt(title, "cell")), words, duration.text, markdownText(share)];
  });
  return rows.length === 0 ? "" : `### Slowest operations\n\n${markdownTable(SLOW_HEADINGS, rows)}`;
}

const MODEL_ROWS = 5;

/** The models that took most tokens; the rest in one row. */
export function modelsText(report: Report): string {
  const models = callGroups(report, () => null, MODEL_ROWS).find(({ table }) => table.name === "models");
  return models ? `### Tokens by model\n\n${plainTable(models.table)}` : "";
}

const FILE_ROWS = 10;

/** What most of the input was; the rest in one row. */
export function filesText(report: Report): string {
  const answer = inputAnswer(report);
  if (!answer) return "";
  return `### What the prompts were made of\n\n${answerText(answer)}\n\n${plainTable(filesView(report, FILE_ROWS))}`;
}
