import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { openServer } from "../../src/load/opencode-server.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { Session } from "../../src/model/session.js";
import type { SessionTally } from "../../src/model/tally.js";
import { loadRoots, recordedPath, withOpen } from "../support/fixtures.js";
import { type Answers, answers1, answers2 } from "../support/opencode-api.js";
import { runCliBeside } from "../support/run-cli.js";

const SECRET = "s3cret-pass";

/** A server that answers as OpenCode does. */
async function serve(answers: Answers, password: string | null = null) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const expected = `Basic ${Buffer.from(`opencode:${password}`).toString("base64")}`;
    if (password !== null && request.headers.authorization !== expected) {
      response.writeHead(401).end();
      return;
    }
    const answer = answers(new URL(request.url ?? "", "http://localhost"));
    if (answer === undefined) response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    else if (typeof answer === "number") response.writeHead(answer, { "content-type": "application/json" }).end("{}");
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer.json));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), requests };
}
const login = (password: string | null = null) => ({ username: "opencode", password });

describe.each([
  ["generation 1", "1.18.34 parallel-agents", answers1],
  ["generation 2", "2.0-preview parallel-agents", answers2],
] as const)("%s", (_, recording, answersOf) => {
  const path = recordedPath(recording);

  test("a session with its subagents is what the database gives", async () => {
    const { url, requests } = await serve(answersOf(path, { page: 2 }));
    const store = await openServer(url, login());
    const root = (await store.entries()).find(({ parentId }) => parentId === null);
    const session = await store.load(root?.id ?? "", shapeOf);
    const [inDatabase] = (await loadRoots(path)) as [Session];
    const { turns, messages, subagents, toolCalls, tokens, costUsd } = analyze(inDatabase, "test").summary;
    expect(analyze(session, "test").summary).toMatchObject({ turns, messages, subagents, toolCalls, tokens, costUsd });
    expect(session.messages.map(({ id }) => id)).toEqual(inDatabase.messages.map(({ id }) => id));
    expect(requests.every(({ method }) => method === "GET")).toBe(true);
  });

  test("totals over all sessions are those of the database", async () => {
    const { url } = await serve(answersOf(path, { page: 2 }));
    const store = await openServer(url, login());
    const counts = (tallies: readonly SessionTally[]) =>
      tallies
        .map(({ id, all, models, tools, rule }) => ({ id, all, models, tools, rule }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(counts(await store.tallies())).toEqual(counts(await withOpen(path, (database) => database.tallies())));
  });

  test("the list has what the server says of each, every page of it", async () => {
    const { url } = await serve(answersOf(path, { page: 2 }));
    const store = await openServer(url, login());
    expect(await store.entries()).toHaveLength(3);
    expect(await store.totals()).toMatchObject([{ title: "Map the services", startedAt: null, messages: null }]);
    expect((await store.describe())[0]?.form).toMatch(/^OpenCode server .*, generation [12]$/);
  });

  test("a session that is running is said to be", async () => {
    const { url } = await serve(answersOf(path, { running: true }));
    const store = await openServer(url, login());
    const root = (await store.entries()).find(({ parentId }) => parentId === null);
    const { notes } = await store.load(root?.id ?? "", shapeOf);
    expect(notes.map((note) => note.text).join()).toContain("The session was still running when it was read");
  });

  test("the password comes from the environment, and is nowhere in what is written", async () => {
    const { url, requests } = await serve(answersOf(path, {}), SECRET);
    const env = { OPENCODE_SERVER_PASSWORD: SECRET };
    for (const command of [["report", "-o", "-"], ["report", "--json"], ["list"], ["doctor"]]) {
      const { exitCode, stdout, stderr } = await runCliBeside([...command, "--server", url.href], env);
      expect([command, exitCode]).toEqual([command, 0]);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stdout + stderr).not.toContain(Buffer.from(`opencode:${SECRET}`).toString("base64"));
    }
    expect(requests.length).toBeGreaterThan(4);
  });
});

test("an early release, which passes on what it does not know, lists its own project; no other one is started", async () => {
  const known = answers1(recordedPath("1.18.34 parallel-agents"), {});
  const { url, requests } = await serve((at) => {
    if (at.pathname.startsWith("/experimental")) return 500;
    return at.pathname === "/session" ? known(new URL("/experimental/session", at)) : known(at);
  });
  const store = await openServer(url, login());
  expect(await store.entries()).toHaveLength(3);
  expect(requests.filter((request) => request.url?.includes("directory"))).toEqual([]);
});

describe("a broken server cannot keep the program busy", () => {
  const session = (n: number, extra: object = {}) => {
    return { id: `ses_${n}`, title: "t", location: { directory: "/p" }, time: { created: n + 1 }, ...extra };
  };
  const health = { json: { healthy: true, version: "2.0.26" } };

  test("pages that repeat end the list", async () => {
    const { url, requests } = await serve((at) => {
      if (at.pathname === "/api/health") return health;
      return at.pathname === "/api/session" ? { json: { data: [session(1)], cursor: { next: "a+b/c=&x" } } } : 404;
    });
    expect(await (await openServer(url, login())).entries()).toHaveLength(1);
    expect(requests.at(-1)?.url).toContain("cursor=a%2Bb%2Fc%3D%26x");
    expect(requests.length).toBeLessThan(6);
  });

  test("subagents without end are refused, ids that would lead elsewhere are never asked for", async () => {
    let next = 0;
    const { url, requests } = await serve((at) => {
      if (at.pathname === "/api/health") return health;
      if (at.searchParams.has("parentID"))
        return { json: { data: [session(++next), { ...session(++next), id: "../../tui/x?a=1#" }], cursor: {} } };
      if (at.pathname.endsWith("/message")) return { json: { data: [], cursor: {} } };
      return { json: { data: session(Number(/ses_(\d+)/.exec(at.pathname)?.[1] ?? 0)) } };
    });
    const store = await openServer(url, login());
    await expect(store.load("ses_0", shapeOf)).rejects.toThrow(
      expect.objectContaining({ problem: { code: "garbled-answer", url: url.origin } }),
    );
    expect(requests.filter((request) => request.url?.includes("tui"))).toEqual([]);
  }, 120_000);

  test("an answer that is no JSON, or is missing, is one clear line", async () => {
    const { url } = await serve(({ pathname }) => {
      if (pathname === "/global/health") return health;
      return pathname.endsWith("/message") ? 404 : { json: pathname.endsWith("/ses_1") ? session(1) : [session(1)] };
    });
    const { exitCode, stderr } = await runCliBeside(["report", "ses_1", "--server", url.href], {});
    expect([exitCode, stderr.split("\n")[0]]).toEqual([
      4,
      `sessionflame: the server's answer cannot be read: ${url.origin}`,
    ]);
  });
});

describe("what can go wrong: one line says what, one what to do", () => {
  const failure = async (url: string, env: Record<string, string> = {}) => {
    const { exitCode, stderr, stdout } = await runCliBeside(["report", "--server", url], env);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(2);
    return [exitCode, stderr.split("\n")[0]];
  };

  test("nobody there", async () => {
    const gone = createServer();
    await new Promise<void>((ready) => gone.listen(0, "127.0.0.1", ready));
    const { port } = gone.address() as AddressInfo;
    await new Promise((done) => gone.close(done));
    expect(await failure(`http://127.0.0.1:${port}`)).toEqual([
      3,
      `sessionflame: no OpenCode server at http://127.0.0.1:${port}: ECONNREFUSED`,
    ]);
  });

  test("no password, a wrong one", async () => {
    const { url } = await serve(() => 404, SECRET);
    expect(await failure(url.href)).toEqual([4, `sessionflame: the server asks for a password: ${url.origin}`]);
    expect(await failure(url.href, { OPENCODE_SERVER_PASSWORD: "wrong" })).toEqual([
      4,
      `sessionflame: the server refuses the password: ${url.origin}`,
    ]);
  });

  test("another program, one that sends elsewhere, one that fails", async () => {
    const { url } = await serve(() => undefined);
    expect(await failure(url.href)).toEqual([4, `sessionflame: not an OpenCode server: ${url.origin}`]);
    const { url: failing } = await serve((at) =>
      at.pathname === "/global/health" ? { json: { healthy: true, version: "1.18.34" } } : 503,
    );
    expect(await failure(failing.href)).toEqual([
      4,
      `sessionflame: the server answered with status 503: ${failing.origin}`,
    ]);
  });

  test("a password in the address, an address that is none, two sources", async () => {
    expect(await failure("http://me:pw@127.0.0.1:9")).toEqual([
      2,
      "sessionflame: --server takes no password in the address",
    ]);
    expect(await failure("opencode.db")).toEqual([2, "sessionflame: --server wants an address"]);
    const both = await runCliBeside(["list", "--server", "http://127.0.0.1:9", "--db", "x"], {});
    expect([both.exitCode, both.stderr.split("\n")[0]]).toEqual([2, "sessionflame: two sources: --server and --db"]);
  });

  test("a session that the server does not know", async () => {
    const { url } = await serve(answers1(recordedPath("1.18.34 parallel-agents"), {}));
    const { exitCode, stderr } = await runCliBeside(["report", "ses_unknown", "--server", url.href], {});
    expect([exitCode, stderr.split("\n")[0]]).toEqual([3, "sessionflame: no such session: ses_unknown"]);
  });
});
