import type { BudgetResult, Check } from "../../model/check.js";
import { budgetSentence, checkSentence } from "../../report/check-words.js";
import { visibleLine } from "../../report/visible.js";

/** The check as GitHub's workflow commands: an annotation for each budget that did not pass, then one that sums it up. */
export function checkGithub(check: Check): string {
  const lines = check.budgets.flatMap((result) => annotation(result) ?? []);
  return `${[...lines, command("notice", "Sessionflame", checkSentence(check))].join("\n")}\n`;
}

function annotation(result: BudgetResult): string | null {
  const { status, label, allowsUnknown } = result;
  if (status === "passed") return null;
  const kind = status === "unknown" && allowsUnknown ? "warning" : "error";
  return command(kind, `Sessionflame: ${label}`, `${label}: ${budgetSentence(result)}`);
}

/** One line: what its texts hold can neither end it nor begin another command. */
function command(kind: "error" | "warning" | "notice", title: string, message: string): string {
  return `::${kind} title=${property(title)}::${data(message)}`;
}

const DATA = /[%\r\n]/g;
const PROPERTY = /[%\r\n:,]/g;

function data(text: string): string {
  return visibleLine(text).replace(DATA, percentEncoded);
}

function property(text: string): string {
  return visibleLine(text).replace(PROPERTY, percentEncoded);
}

function percentEncoded(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
