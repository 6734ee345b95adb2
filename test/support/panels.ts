import { JSDOM } from "jsdom";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { reportWithSkills, type SkillFields } from "./skill-report.js";

const assets = readPageAssets();

/** The page of a report, to look for the panels of its section of skills and tools. */
export function documentOf(report: Report): Document {
  return new JSDOM(renderHtml(report, assets)).window.document;
}

export async function documentWith(fields: Partial<SkillFields>): Promise<Document> {
  return documentOf(await reportWithSkills(fields));
}

export function plain(text: string | null | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

export function texts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map(({ textContent }) => plain(textContent));
}

export function headings(document: Document, table: string): string[] {
  return texts(document, `table.${table} th`);
}

/** The rows of a table, the one that sums the rest and its total too. */
export function rows(document: Document, table: string): string[][] {
  return [...document.querySelectorAll(`table.${table} :is(tbody, tfoot) tr`)].map((row) => texts(row, "td"));
}

/** What stands in small print between the heading of a panel and the next one's. */
export function footOf(document: Document, id: string): string[] {
  const said: string[] = [];
  let at = document.getElementById(id)?.nextElementSibling;
  for (; at && at.localName !== "h2"; at = at.nextElementSibling)
    if (at.matches(".foot")) said.push(plain(at.textContent));
  return said;
}
