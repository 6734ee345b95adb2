import type { Report } from "../../model/report.js";
import type { TextPart } from "../view/code-parts.js";
import { suggestionsView } from "../view/suggestions.js";
import { markdownBlock, markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";
import { answerText, sentenceText } from "./inline.js";

type Card = ReturnType<typeof suggestionsView>["cards"][number];

/** The answer first, a `<details>` for each suggestion, and what their figures are. */
export function suggestionTexts(report: Report): { head: string; cards: string[]; foot: string } {
  const { answer, cards, foot } = suggestionsView(report, () => null);
  return {
    head: `### Suggestions\n\n${answerText(answer)}`,
    cards: cards.map(cardText),
    foot: foot === "" ? "" : `<sub>${markdownText(foot)}</sub>`,
  };
}

/** The blank lines end the HTML around them, so that what lies between is Markdown again. */
function cardText({ title, saves, message, why, apply, basis, caveat }: Card): string {
  const figures = saves.savings.map(({ text, detail }) => (detail === "" ? text : `${text} (${detail})`));
  const said = [...figures, saves.quiet].filter(Boolean).map(markdownText).join(", ");
  return [
    `<details>\n<summary><b>${sentenceText(written(title), "heading")}</b> · ${said}</summary>`,
    sentenceText(written(message), "paragraph"),
    `<i>${markdownText(excerpt(why, "paragraph"))}</i>`,
    ...apply.flatMap(({ label, text }) => [
      `${markdownText(excerpt(label, "cell"))}:`,
      markdownBlock(excerpt(text, "block")),
    ]),
    factText("Basis", basis),
    factText("Caveat", caveat),
    "</details>",
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function factText(label: string, text: string | null): string {
  return text ? `<b>${label}</b>: ${sentenceText(text, "paragraph")}` : "";
}

/** As it was before it was taken apart: a text is cut before it is escaped. */
function written(parts: readonly TextPart[]): string {
  return parts.map(({ text, isCode }) => (isCode ? `\`${text}\`` : text)).join("");
}
