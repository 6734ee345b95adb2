import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import { runCliBeside } from "../support/run-cli.js";
import { freePort, install, Lab, RELEASES, whyNot } from "./lab.js";

const SECRET = "live-secret";
const SCENARIO = {
  title: "Live",
  plays: {
    "PLAY-LIVE": [
      { text: "First.", ttft: 300, tools: [["bash", { command: "sleep 3", description: "wait" }]] },
      { text: "Second.", ttft: 300, tools: [["bash", { command: "sleep 3", description: "wait" }]] },
      { text: "Done.", ttft: 300 },
    ],
  },
};
const reason = whyNot();
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe.skipIf(reason !== null).each(RELEASES)(
  `OpenCode $version${reason ? ` (skipped: ${reason})` : ""}`,
  (release) => {
    const lab = new Lab();
    let program = "";
    let url = "";
    beforeAll(async () => {
      program = install(release);
      await lab.start(SCENARIO);
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      await lab.run(program, ["serve", "--port", String(port)], { [release.passwordVariable]: SECRET }, /listening on/);
    });
    afterAll(() => lab.stop());

    const database = () => join(lab.home, ".local", "share", "opencode", release.database);
    const overHttp = async () => {
      const said = await runCliBeside(["report", "--server", url, "--json", "--redact", "none"], {
        OPENCODE_SERVER_PASSWORD: SECRET,
      });
      return { ...said, report: said.exitCode === 0 ? (JSON.parse(said.stdout) as Report) : null };
    };
    const fromDatabase = async () => {
      const said = await runCliBeside(["report", "--db", database(), "--json", "--redact", "none"], {});
      return { ...said, report: said.exitCode === 0 ? (JSON.parse(said.stdout) as Report) : null };
    };

    test("is read over HTTP while its session runs, its database while it is written to, and both agree at the end", async () => {
      const attach = release.generation === 1 ? ["--attach", url] : ["--server", url, "--auto"];
      const env = { [release.passwordVariable]: SECRET };
      const done = lab.run(program, ["run", ...attach, "PLAY-LIVE do it"], env, /Done\./);
      let live: Report | null = null;
      for (let i = 0; i < 60 && live?.summary.toolCalls !== 1; i++) {
        await pause(250);
        live = (await overHttp()).report;
      }
      const [overNet, fromFile] = await Promise.all([overHttp(), fromDatabase()]);
      for (const { exitCode, stderr, report } of [overNet, fromFile]) {
        expect([exitCode, stderr]).toEqual([0, expect.anything()]);
        expect(report?.session.outcome).toBe("unfinished");
        expectWholeLedger(report as Report);
      }
      expect(overNet.report?.notes.map(({ text }) => text).join()).toContain(
        "The session was still running when it was read",
      );
      expect(overNet.stdout + overNet.stderr).not.toContain(SECRET);

      await done;
      await pause(2_000);
      const [lastOverNet, lastFromFile] = [
        (await overHttp()).report as Report,
        (await fromDatabase()).report as Report,
      ];
      expect(lastOverNet.session.outcome).toBe("complete");
      const { wallMs, turns, messages, modelCalls, toolCalls, tokens, costUsd } = lastFromFile.summary;
      expect({ turns, messages, modelCalls, toolCalls }).toEqual({
        turns: 1,
        messages: 4,
        modelCalls: 3,
        toolCalls: 2,
      });
      expect(lastOverNet.summary).toMatchObject({ wallMs, turns, messages, modelCalls, toolCalls, tokens, costUsd });
      expectWholeLedger(lastFromFile);
      const commands = lastFromFile.time.toolCalls.map(({ durationMs }) => durationMs ?? 0);
      for (const ms of commands) expect(ms).toBeGreaterThan(2_900);
    });
  },
);

function expectWholeLedger({ time, summary }: Report): void {
  expect(time.ledger.reduce((sum, row) => sum + row.ms, 0)).toBe(summary.wallMs);
}
