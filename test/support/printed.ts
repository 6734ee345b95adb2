import type { Page } from "playwright-core";

/** The lower margin, in points. */
const MARGIN_PT = (12 / 25.4) * 72;

/** A page of paper: its text in reading order, its number, both as `printable` leaves them; and what lies beyond the edges. */
export interface Sheet {
  readonly text: string;
  readonly number: string;
  readonly cutOff: readonly string[];
}

/** The page as it is printed. */
export async function printedSheets(page: Page, format: "A4" | "Letter"): Promise<Sheet[]> {
  return sheetsOf(await page.pdf({ format, printBackground: true }));
}

async function sheetsOf(pdf: Buffer): Promise<Sheet[]> {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS });
  const printed = await task.promise;
  const sheets: Sheet[] = [];
  for (let number = 1; number <= printed.numPages; number++) {
    const sheet = await printed.getPage(number);
    const [, , width = 0] = sheet.view;
    const { items } = await sheet.getTextContent();
    const texts = items.flatMap((item) => ("str" in item ? [item] : []));
    const isCutOff = (left: number, length: number) => left < 0 || left + length > width;
    const joined = (isInMargin: boolean) =>
      printable(texts.flatMap(({ str, transform }) => (transform[5] < MARGIN_PT === isInMargin ? [str] : [])).join(""));
    sheets.push({
      ...{ text: joined(false), number: joined(true) },
      // A gap between two texts is told as a blank, as long as it would be were nothing behind it.
      cutOff: texts
        .filter((text) => text.str.trim() !== "" && isCutOff(text.transform[4], text.width))
        .map(({ str }) => str),
    });
  }
  await task.destroy();
  return sheets;
}

/** Without white space: where lines break is of no matter. */
export function squeezed(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "");
}

/** The same without signs, such as arrows, which not every font has: on paper nothing stands for those. */
export function printable(text: string): string {
  return squeezed(text).replace(/[\p{S}\p{C}]+/gu, "");
}
