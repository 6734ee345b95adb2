import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { EXAMPLE, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { fileOf, printed, sessionflame } from "../support/in-process.js";

type Change = (html: string) => string;
const DATA = /(id="report-data">)([^<]*)/;
const withData =
  (data: string): Change =>
  (html) =>
    html.replace(DATA, `$1${data}`);
const packed = (text: string | Buffer): Change => withData(gzipSync(text).toString("base64"));
/** The page with something changed in its data. */
const repacked =
  (change: Change): Change =>
  (html) =>
    packed(change(gunzipSync(Buffer.from(DATA.exec(html)?.[2] ?? "", "base64")).toString()))(html);

/** Fails in two lines, with that code and fact, without any output. */
async function expectRefused(args: readonly string[], exitCode: number, fact: RegExp): Promise<void> {
  const cwd = temporaryFolder();
  const run = await sessionflame(args, { cwd });
  expect([run.exitCode, run.stdout, readdirSync(cwd)]).toEqual([exitCode, "", []]);
  const [first = "", second = "", ...others] = run.stderr.split("\n");
  expect(first.replace("sessionflame: ", "")).toMatch(fact);
  expect(second).toMatch(/^[A-Z].{10,}\.$/);
  expect(others).toEqual([""]);
}

const NOT_OURS = /^not a report of sessionflame: /;
const DAMAGED = /^the report's data is damaged or cut off: /;
const NEWER = /^made by a newer sessionflame: .* is a report of /;

test("a report that Windows PowerShell wrote, in UTF-16, is read as any other", async () => {
  const json = await printed("report", EXAMPLE, "--json", "--quiet");
  const path = join(temporaryFolder(), "report.json");
  writeFileSync(path, `\ufeff${json}`, "utf16le");
  expect(await printed("report", "--from", path, "--json", "--quiet")).toBe(json);
  const compared = await printed("compare", path, fileOf(json), "--format", "json");
  expect(JSON.parse(compared)).toMatchObject({ kind: "comparison" });
});

describe("what is no report is refused", () => {
  test.each<[string, () => string, number, RegExp]>([
    ["no file", () => "/no/such/report.html", 3, /^no such file: \/no\/such\/report\.html$/],
    ["a folder", () => temporaryFolder(), 4, /^cannot read .*: EISDIR$/],
    ["an empty file", () => fileOf(""), 4, NOT_OURS],
    ["another page", () => fileOf("<!doctype html><title>Other</title></html>"), 4, NOT_OURS],
    ["a picture", () => packageFile("examples", "debug-auth.png"), 4, NOT_OURS],
    ["a database", () => EXAMPLE, 4, NOT_OURS],
  ])("%s", async (_, path, exitCode, fact) => {
    const named = path();
    await expectRefused(["extract", named], exitCode, fact);
    await expectRefused(["report", "--from", named], exitCode, fact);
  });

  test.each<[string, Change, RegExp]>([
    ["cut before its data", (html) => html.slice(0, 60_000), DAMAGED],
    ["cut in its data", (html) => html.slice(0, html.indexOf("report-data") + 5_000), DAMAGED],
    ["with data cut short", (html) => html.replace(/(report-data">.{4000})[^<]*/, "$1"), DAMAGED],
    ["with data that is no base64", withData("%%%"), DAMAGED],
    ["with data that is no gzip", withData("AAAA"), DAMAGED],
    ["with data that is no JSON", packed("{"), DAMAGED],
    ["with data of no known form", packed("{}"), DAMAGED],
    [
      "with data that has too many values",
      repacked((text) => text.replace('"spanId":["d",[', '"spanId":["d",[0,')),
      DAMAGED,
    ],
    [
      "of an early release",
      (html) => html.replace(/<script type="application.octet-stream" id[^<]*<\/script>/, ""),
      /^no data in the report: /,
    ],
    ["of a newer release", repacked((text) => text.replace('"version":["r",[1]]', '"version":["r",[2]]')), NEWER],
    [
      "with a text for a figure",
      repacked((text) => text.replace('"version":["r",[1]]', '"version":["t",[0]]')),
      /\(it has no version and no kind\)$/,
    ],
  ])("a page %s", async (_, change, fact) => {
    const html = await printed("demo");
    expect(change(html)).not.toBe(html);
    const path = fileOf(change(html));
    await expectRefused(["extract", path], 4, fact);
    await expectRefused(["report", "--from", path], 4, fact);
  });

  test.each<[string, Change, RegExp]>([
    ["cut off", (json) => json.slice(0, 20_000), /^not readable as a report: .* \(it is cut off, or no JSON\)$/],
    ["of something else", () => '{"a":1}', /^not readable as a report: .* \(it has no version and no kind\)$/],
    ["of a newer version", (json) => json.replace('"version":1', '"version":2'), /of version 2$/],
    ["of another kind", (json) => json.replace('"kind":"session"', '"kind":"film"'), /of kind film$/],
    [
      "with a text for a figure",
      (json) => json.replace(/"wallMs":\d+/, '"wallMs":"<script>"'),
      /\(summary\.wallMs: Invalid type: .*\)$/,
    ],
    [
      "with a span in a later one",
      (json) => json.replace('"parent":2', '"parent":30'),
      /\(spans\.\d+ lies in no span before it\)$/,
    ],
  ])("JSON %s", async (_, change, fact) => {
    await expectRefused(["report", "--from", fileOf(change(await printed("demo", "--json")))], 4, fact);
  });

  test("an export is no report", async () => {
    const path = recordedPath("1.18.34 debug-auth export");
    await expectRefused(["report", "--from", path], 4, /^not readable as a report: /);
  });

  test("a report as JSON is no page to extract from", async () => {
    await expectRefused(["extract", fileOf(await printed("demo", "--json"))], 4, NOT_OURS);
  });
});

describe("what would take all memory is refused", () => {
  const TOO_LARGE = /^more than 128\.0\u00a0MB to read: /;

  test("a file without end", async () => {
    await expectRefused(["extract", "/dev/zero"], 4, TOO_LARGE);
  });

  test("little that inflates to much", async () => {
    await expectRefused(["extract", fileOf(packed(Buffer.alloc(200_000_000))(await printed("demo")))], 4, TOO_LARGE);
  });

  test("one text in many places", async () => {
    const columns = { texts: ["x".repeat(1_000_000)], values: ["a", ["r", [200]], ["t", new Array(200).fill(0)]] };
    const data = JSON.stringify({ isRelative: false, columns });
    await expectRefused(["extract", fileOf(packed(data)(await printed("demo")))], 4, TOO_LARGE);
  });

  test("lists in lists without end", async () => {
    const data = `{"isRelative":false,"columns":{"texts":[],"values":${'["a",["r",[1]],'.repeat(100_000)}["r",[1]]${"]".repeat(100_000)}}}`;
    await expectRefused(["extract", fileOf(packed(data)(await printed("demo")))], 4, DAMAGED);
  });
});
