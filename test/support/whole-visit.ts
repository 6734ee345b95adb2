/** What of a page is looked at. */
export interface Looked {
  readonly words: string;
  readonly span: number;
  /** As the address names them: `graph&by=file`. */
  readonly pictures: readonly string[];
}

/**
 * Runs in a page, and goes through all of it as a reader may: every tab, everything open, every table sorted, filtered and
 * copied, a span selected, other pictures of the chart, `words` searched for. Says what could be read.
 */
export async function wholeVisit({ words, span, pictures }: Looked): Promise<string> {
  const { document, location } = globalThis;
  const frame = () => new Promise<void>((done) => requestAnimationFrame(() => done()));
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const typed = (selector: string) => {
    for (const field of all(selector) as HTMLInputElement[]) {
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const read: string[] = [];
  while (document.querySelector(".still") && !document.querySelector(".still[hidden]")) await frame();
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const tab of all("nav a")) tab.click();
  await frame();
  read.push(document.body.textContent ?? "");
  location.hash = `#timeline&span=${span}&path=1`;
  await frame();
  await frame();
  read.push(document.querySelector(".live-chart")?.textContent ?? "");
  typed(".chart-tools input[type=search]");
  for (const picture of pictures) {
    location.hash = `#timeline&picture=${picture}`;
    await frame();
    await frame();
  }
  for (const button of all(".sort, .table-tools button")) button.click();
  typed(".table-tools input");
  await frame();
  return read.join("\n");
}
