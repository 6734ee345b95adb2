import type { BudgetResult, Check } from "../../model/check.js";
import { budgetSentence } from "../../report/check-words.js";
import { LOG_COMMANDS } from "../../report/log-commands.js";
import { displayTitle, visibleLine } from "../../report/visible.js";
import { escapeMarkup } from "../escape.js";

/** The check as JUnit's XML: one suite, one case a budget. An unknown figure is a failure too, or skipped where it is allowed. */
export function checkJunit({ session, budgets, allowsUnknown }: Check): string {
  const count = (of: BudgetResult["status"]) => budgets.filter(({ status }) => status === of).length;
  const [unknown, failed] = [count("unknown"), count("failed")];
  const suite = attributes({
    name: `Sessionflame: ${displayTitle(session.title)}`,
    tests: budgets.length,
    failures: allowsUnknown ? failed : failed + unknown,
    errors: 0,
    skipped: allowsUnknown ? unknown : 0,
  });
  const cases = budgets.map((result) => testcase(result, allowsUnknown));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${suite}>\n${cases.join("")}  </testsuite>\n</testsuites>\n`;
}

function testcase(result: BudgetResult, allowsUnknown: boolean): string {
  const { label, status } = result;
  const head = `    <testcase ${attributes({ classname: "sessionflame.check", name: visibleLine(label) })}`;
  const message = budgetSentence(result);
  if (status === "passed") return `${head}>\n      <system-out>${logMarkup(message)}</system-out>\n    </testcase>\n`;
  if (status === "unknown" && allowsUnknown)
    return `${head}>\n      <skipped ${attributes({ message })}/>\n    </testcase>\n`;
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
