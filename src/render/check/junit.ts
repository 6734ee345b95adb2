import type { BudgetResult, Check } from "../../model/check.js";
import { budgetSentence } from "../../report/check-words.js";
import { LOG_COMMANDS } from "../../report/log-commands.js";
import { displayTitle, visibleLine } from "../../report/visible.js";
import { escapeMarkup } from "../escape.js";

/** The check as JUnit's XML: one suite, one case a budget. An unknown figure is a failure too, or skipped where it is allowed. */
export function checkJunit({ session, budgets }: Check): string {
  const skipped = budgets.filter(isSkipped).length;
  const suite = attributes({
    name: `Sessionflame: ${displayTitle(session.title)}`,
    tests: budgets.length,
    failures: budgets.filter(({ status }) => status !== "passed").length - skipped,
    errors: 0,
    skipped,
  });
  const cases = budgets.map(testcase);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${suite}>\n${cases.join("")}  </testsuite>\n</testsuites>\n`;
}

function isSkipped({ status, allowsUnknown }: BudgetResult): boolean {
  return status === "unknown" && allowsUnknown;
}

function testcase(result: BudgetResult): string {
  const { label, status } = result;
  const head = `    <testcase ${attributes({ classname: "sessionflame.check", name: visibleLine(label) })}`;
  const message = budgetSentence(result);
  if (status === "passed") return `${head}>\n      <system-out>${logMarkup(message)}</system-out>\n    </testcase>\n`;
  if (isSkipped(result)) return `${head}>\n      <skipped ${attributes({ message })}/>\n    </testcase>\n`;
  const failure = `<failure ${attributes({ type: status, message })}>${logMarkup(message)}</failure>`;
  return `${head}>\n      ${failure}\n    </testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${logMarkup(value)}"`)
    .join(" ");
}

/** Text in markup that is no command to a CI either, should it be printed into a log. */
function logMarkup(text: string | number): string {
  return escapeMarkup(text).replace(LOG_COMMANDS, (char) => `&#${char.charCodeAt(0)};`);
}
