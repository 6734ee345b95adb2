import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Puts axe into a page or a frame, past its policy. */
export async function withAxe(page: Page | Frame): Promise<void> {
  await page.evaluate(AXE);
}

/** What axe says of the page as it is: the rule, and where. */
export function violations(page: Page | Frame): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe, document } = globalThis as typeof globalThis & { axe: Axe };
    const { violations: found } = await axe.run(document, { resultTypes: ["violations"] });
    return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(" ")}`));
  });
}

interface Axe {
  run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
}
