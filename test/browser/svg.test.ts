import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { startedBrowser } from "../support/browser.js";
import { EXAMPLE, temporaryFolder } from "../support/fixtures.js";
import { runCli } from "../support/run-cli.js";

const browser = startedBrowser();

test("a browser shows the picture by itself and as an image, and asks for nothing else", async () => {
  const cwd = temporaryFolder();
  const path = runCli(["report", EXAMPLE, "--format", "svg"], { cwd }).stdout.trim();
  const page = await browser().newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  expect(await page.evaluate(() => [document.contentType, document.querySelectorAll("parsererror").length])).toEqual([
    "image/svg+xml",
    0,
  ]);
  expect(asked).toHaveLength(1);
  const html = join(cwd, "page.html");
  writeFileSync(html, `<img src="${pathToFileURL(path).href}">`);
  await page.goto(pathToFileURL(html).href);
  expect(await page.evaluate(() => document.querySelector("img")?.naturalWidth)).toBe(1_248);
  expect(asked).toHaveLength(3);
  await page.close();
});
