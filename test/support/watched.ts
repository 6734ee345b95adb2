import type { BrowserContext } from "playwright-core";

/** What pages of a context did beside being shown, each in words: `request URL`, and `blocked URL` where a policy stopped it. */
export type Happenings = string[];

/**
 * Watches every page of a context for what a report must never do: run what is not its own (payloads call `__ran()`, or
 * `alert()` and its like), ask for anything but `isDocument`, open windows, say something on the console.
 */
export async function watched(context: BrowserContext, isDocument: (url: string) => boolean): Promise<Happenings> {
  const happenings: Happenings = [];
  const note = (what: string) => void happenings.push(what);
  await context.exposeFunction("__ran", (what = "ran") => note(`${what}`));
  await context.addInitScript(() => {
    const { __ran } = globalThis as typeof globalThis & { __ran: (what: string) => void };
    for (const name of ["print", "open"]) Object.assign(globalThis, { [name]: () => __ran(name) });
  });
  context.on("request", (request) => {
    if (!isDocument(request.url())) note(`request ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    if (request.failure()?.errorText === "csp") note(`blocked ${request.url()}`);
  });
  context.on("console", (message) => note(`console ${message.text()}`));
  context.on("weberror", (error) => note(`error ${error.error().message}`));
  context.on("dialog", (dialog) => {
    note(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  // The first page is the test's own.
  context.once("page", () => context.on("page", (page) => note(`window ${page.url()}`)));
  return happenings;
}
