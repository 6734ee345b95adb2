import type { EditRow, Report } from "../../model/report.js";
import { editsBySource } from "../../report/edit-figures.js";
import { editMatrixTable } from "../view/edit-matrix.js";
import { editsHint } from "../view/edits.js";
import { skillsAnswer, skillsTable } from "../view/skills.js";
import { markdownText } from "./escape.js";
import { answerText } from "./inline.js";
import { plainTable } from "./table.js";

const SKILL_ROWS = 5;
const FORMAT_ROWS = 5;

/** Which skills were used, and how often edits worked; empty where there is neither. */
export function skillsText(report: Report): string {
  const answer = skillsAnswer(report);
  const { session, telemetry } = editsBySource(report.edits);
  const blocks = [
    answer ? answerText(answer) : "",
    report.skills.length > 0 ? plainTable(skillsTable(report, () => null, SKILL_ROWS, false)) : "",
    editsText("Edits", session),
    editsText("Edits, as telemetry files tell it", telemetry),
  ].filter(Boolean);
  return blocks.length === 0 ? "" : ["### Skills and edits", ...blocks].join("\n\n");
}

/** `rows`: those of one source. */
function editsText(lead: string, rows: readonly EditRow[]): string {
  if (rows.length === 0) return "";
  const hint = editsHint(rows);
  const table = plainTable(editMatrixTable("edit-matrix", "", rows, FORMAT_ROWS));
  return `**${lead}**${hint === "" ? "" : `: ${markdownText(hint)}.`}\n\n${table}`;
}
