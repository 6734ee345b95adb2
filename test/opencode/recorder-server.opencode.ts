import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { freePort, install, Lab, PLUGIN_RELEASES, whyNot } from "./lab.js";
import { linesIn, reportOf, textsIn } from "./record-lab.js";
import { CANARIES, PERMITTED } from "./recorder-scenario.js";
import { refusedMs, requestsIn } from "./truth.js";

const PAUSE_MS = 2_000;
const reason = whyNot();
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe.skipIf(reason !== null).each(PLUGIN_RELEASES)(
  `a server with the installed recorder, OpenCode $version${reason ? ` (skipped: ${reason})` : ""}`,
  (release) => {
    const lab = new Lab();
    const data = join(lab.home, ".local", "share", "opencode");
    let url = "";
    beforeAll(async () => {
      const program = install(release);
      await lab.start(PERMITTED, { permission: { bash: "ask", edit: "ask" } });
      expect(runCli(["install"], { cwd: lab.project }).exitCode).toBe(0);
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      await lab.run(program, ["serve", "--port", String(port)], {}, /listening on/);
    });
    afterAll(() => lab.stop());

    /** Permits what is asked for, each after a pause, until something is over. Returns how long each was left to wait. */
    const waitsUntil = async (over: Promise<unknown>) => {
      const waits: number[] = [];
      let isOver = false;
      over.finally(() => (isOver = true));
      while (!isOver) {
        const [asked] = (await called(url, "GET", "/permission")) as { id: string }[];
        if (asked) {
          const seenAt = performance.now();
          await pause(PAUSE_MS);
          await called(url, "POST", `/permission/${asked.id}/reply`, { reply: "once" });
          waits.push(performance.now() - seenAt);
        }
        await pause(20);
      }
      return waits;
    };
    const recorded = () => textsIn(join(data, "sessionflame"));

    test("waiting for permissions and refused attempts are measured, memory is sampled", async () => {
      const { id } = (await called(url, "POST", "/session", {})) as { id: string };
      const parts = [{ type: "text", text: "PLAY-PERMITTED CANARYPROMPT" }];
      const waits = await waitsUntil(called(url, "POST", `/session/${id}/message`, { parts }));
      await until(() => /"kind":"memory"/.test(recorded().join("")) && /"idle"/.test(recorded().join("")));
      const lines = linesIn(recorded());

      const permissions = lines.filter((line) => line.kind === "permission");
      expect(permissions).toMatchObject([
        { permission: "bash", reply: "once", messageId: expect.any(String), callId: expect.any(String) },
        { permission: "edit", reply: "once", messageId: expect.any(String), callId: expect.any(String) },
      ]);
      const off = permissions.map(({ waitedMs }, i) => Math.abs(waitedMs - (waits[i] ?? 0)));
      expect(Math.max(...off)).toBeLessThan(300);

      const { time } = reportOf(join(data, release.database));
      const row = (state: string) => time.ledger.find((own) => own.state === state);
      expect(row("waiting-for-user")?.basis).toBe("measured");
      const waitedMs = permissions.reduce((sum, permission) => sum + permission.waitedMs, 0);
      expect(Math.abs((row("waiting-for-user")?.ms ?? 0) - waitedMs)).toBeLessThan(10);
      expect(row("retrying")?.basis).toBe("measured");
      const truth = requestsIn(readFileSync(join(lab.home, "truth.ndjson"), "utf8"));
      expect(Math.abs((row("retrying")?.ms ?? 0) - refusedMs(truth))).toBeLessThan(100);
      const [memory] = lines.filter((line) => line.kind === "memory");
      expect(memory?.rss).toBeGreaterThan(10_000_000);
      for (const secret of [...CANARIES, lab.home]) expect(recorded().join("")).not.toContain(secret);
    });

    test("the question whether a loop may go on is waiting for the user, though three calls are under way", async () => {
      const { id } = (await called(url, "POST", "/session", {})) as { id: string };
      const parts = [{ type: "text", text: "PLAY-LOOP" }];
      const waits = await waitsUntil(called(url, "POST", `/session/${id}/message`, { parts }));
      const ownLines = () => linesIn(recorded()).filter(({ sessionId }) => sessionId === id);
      await until(() => ownLines().some((line) => line.kind === "status" && line.status === "idle"));
      expect(ownLines().filter(({ kind }) => kind === "permission")).toMatchObject([
        { permission: "doom_loop", reply: "once", messageId: expect.any(String), callId: null },
      ]);
      const { time, session } = reportOf(join(data, release.database));
      expect(session.id).toBe(id);
      const waitedMs = time.ledger.find(({ state }) => state === "waiting-for-user")?.ms ?? 0;
      expect(Math.abs(waitedMs - (waits[0] ?? 0))).toBeLessThan(300);
    });
  },
);

async function called(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 150 && !isSo(); i++) await pause(100);
}
