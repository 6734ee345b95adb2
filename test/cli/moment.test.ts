import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidArgumentError } from "commander";
import { describe, expect, onTestFinished, test } from "vitest";
import { declaredNow, instant } from "../../src/cli/moment.js";
import type { Report } from "../../src/model/report.js";
import { EXAMPLE, SCENARIOS } from "../support/fixtures.js";
import { fileOf, printed, sessionflame } from "../support/in-process.js";
import { answers1 } from "../support/opencode-api.js";

const NOON = Date.UTC(2027, 0, 31, 12);

describe("--now is an instant", () => {
  test.each([
    ["2027-01-31T12:00:00Z", NOON],
    ["2027-01-31T12:00Z", NOON],
    ["2027-01-31T13:00:00.250+01:00", NOON + 250],
    ["2027-01-31T06:30:00-05:30", NOON],
    [String(NOON), NOON],
    ["0", 0],
  ])("%s", (text, at) => {
    expect(instant(text)).toBe(at);
  });

  test.each([
    ["a time without its zone", "2027-01-31T12:00:00"],
    ["a day", "2027-01-31"],
    ["a day that is not in the calendar", "2027-02-30T12:00:00Z"],
    ["an hour that no day has", "2027-01-31T25:00:00Z"],
    ["a word", "now"],
    ["nothing", ""],
    ["a time before 1970", "-1"],
    ["a fraction", "1.5"],
    ["what no calendar reaches", "9999999999999999"],
  ])("%s is none", (_, text) => {
    expect(() => instant(text)).toThrow(InvalidArgumentError);
  });
});

describe("SOURCE_DATE_EPOCH", () => {
  const at = (seconds: string, now?: number) => declaredNow(now, { env: { SOURCE_DATE_EPOCH: seconds } });

  test("is in seconds, --now goes before it, and empty is as good as unset", () => {
    expect([at("1801396800"), at("1801396800", 5), at(""), declaredNow(undefined, { env: {} })]).toEqual([
      ...[NOON, 5],
      ...[null, null],
    ]);
  });

  test.each(["tomorrow", "1.5", "-1", "99999999999999"])("%s is wrong usage", async (seconds) => {
    const env = { SOURCE_DATE_EPOCH: seconds };
    expect(await sessionflame(["report", EXAMPLE, "-o", "-"], { env })).toMatchObject({ exitCode: 2, stdout: "" });
  });
});

describe("the time of making", () => {
  const generatorOf = (json: string) => (JSON.parse(json) as Report).generator;

  test("is in the report only where it was asked for", async () => {
    expect(generatorOf(await printed("demo", "--json"))).toEqual({ name: "sessionflame", version: "0.1.0" });
    expect((await printed("demo")).includes("Report made")).toBe(false);
    const html = await printed("demo", "--now", "2027-01-31T13:00:00+01:00");
    expect(html).toContain("<dt>Report made</dt><dd>31 Jan 2027, 12:00 UTC</dd>");
    const { stdout } = await sessionflame(["demo", "--json"], { env: { SOURCE_DATE_EPOCH: "1801396800" } });
    expect(generatorOf(stdout).madeAt).toBe(NOON);
  });

  test("of a report that was made before stays, unless --now says another", async () => {
    const made = fileOf(await printed("demo", "--json", "--now", String(NOON)));
    const again = (...args: string[]) =>
      sessionflame(["report", "--from", made, "--json", ...args], { env: { SOURCE_DATE_EPOCH: "1" } });
    expect(generatorOf((await again()).stdout).madeAt).toBe(NOON);
    expect(generatorOf((await again("--now", "7")).stdout).madeAt).toBe(7);
  });
});

describe("a session that changed a moment before the time of making", () => {
  const LAST_RECORD = 1_795_189_560_000;
  const MAY_RUN = "The session may still be running: the report shows what is recorded so far.";
  const crash = async (args: readonly string[], env: Record<string, string> = {}) => {
    const run = await sessionflame(["report", "crash", "--db", SCENARIOS, "--json", ...args], { env });
    const notes = (JSON.parse(run.stdout) as Report).notes.map(({ text }) => text);
    return { isSaid: run.stderr === `${MAY_RUN}\n`, isNoted: notes.includes(MAY_RUN) };
  };

  test("may still be running, which is said in the report too", async () => {
    expect(await crash(["--now", String(LAST_RECORD + 60_000)])).toEqual({ isSaid: true, isNoted: true });
    const env = { SOURCE_DATE_EPOCH: String(LAST_RECORD / 1_000 + 60) };
    expect(await crash([], env)).toEqual({ isSaid: true, isNoted: true });
  });

  test("may still be running where a server is asked, which is said in the report too", async () => {
    const answers = answers1(SCENARIOS, {});
    const server = createServer(({ url }, response) => {
      const answer = answers(new URL(url ?? "/", "http://127.0.0.1"));
      response.writeHead(typeof answer === "object" ? 200 : 404, { "Content-Type": "application/json" });
      response.end(typeof answer === "object" ? JSON.stringify(answer.json) : "");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const args = [
      "report",
      "crash",
      "--server",
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      "--json",
    ];
    const notesAt = async (now: number) => {
      const { notes } = JSON.parse((await sessionflame(args, { now: () => now })).stdout) as Report;
      return notes.map(({ text }) => text);
    };
    expect(await notesAt(LAST_RECORD + 60_000)).toContain(MAY_RUN);
    expect(await notesAt(LAST_RECORD + 3_600_000)).not.toContain(MAY_RUN);
  });

  test("is over an hour later", async () => {
    expect(await crash(["--now", String(LAST_RECORD + 3_600_000)])).toEqual({ isSaid: false, isNoted: false });
  });

  test("is not spoken of where it came to its end", async () => {
    const { session } = JSON.parse(await printed("demo", "--json")) as Report;
    const report = JSON.parse(await printed("demo", "--json", "--now", String(session.endedAt))) as Report;
    expect(report.notes.map(({ text }) => text)).not.toContain(MAY_RUN);
  });
});
