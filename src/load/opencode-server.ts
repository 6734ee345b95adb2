import type { Note, Session } from "../model/session.js";
import type { SessionTally } from "../model/tally.js";
import { gatheredMessages } from "./opencode/api-messages.js";
import type { SessionRows } from "./opencode/drafts.js";
import { family } from "./opencode/family.js";
import { serverApi } from "./opencode/server-api.js";
import { type Login, ServerClient } from "./opencode/server-client.js";
import { headsIn, type ServerApi, totalsIn, usageIn } from "./opencode/server-sessions.js";
import { opencodeSession } from "./opencode/session.js";
import { sessionHead } from "./opencode/session-head.js";
import { type Tallied, tallied, talliesOf } from "./opencode/tallies.js";
import { latest } from "./opencode/timing.js";
import { besides, rootTotals } from "./opencode/totals.js";
import type { Store, StoreDescription, Weigh } from "./source.js";
import { SourceError } from "./source-error.js";
import { NO_SHAPE } from "./text-shape.js";

/** More subagents than any session has. */
const MOST_SESSIONS = 10_000;

/** A running OpenCode of either generation, read over its HTTP API. Only GET requests are sent. */
export async function openServer(url: URL, login: Login): Promise<Store> {
  const client = new ServerClient(url, login);
  const api = await serverApi(client);
  const path = client.address;
  return {
    source: "opencode-server",
    path,
    entries: async () => headsIn(await api.sessions()),
    entry: async (id) => sessionHead(await api.session(id)),
    totals: async () => rootTotals(totalsIn(await api.sessions())),
    tallies: () => tallies(api),
    newestMessageAt: async () => null,
    describe: async () => [await description(path, api)],
    load: (id, weigh) => load(api, path, id, weigh),
    close: () => {},
  };
}

async function load(api: ServerApi, path: string, id: string, weigh: Weigh): Promise<Session> {
  const isRunning = await api.isRunning(id);
  const loaded = new Map<string, SessionRows>();
  const childIds = new Map<string, readonly string[]>();
  const wanted = new Set([id]);
  for (const next of wanted) {
    if (wanted.size > MOST_SESSIONS) throw new SourceError({ code: "garbled-answer", url: path });
    const info = await api.session(next);
    const head = sessionHead(info);
    if (!head || head.id !== next) continue;
    const rows = gatheredMessages(head, await api.messages(next), weigh);
    const { tokens, costUsd } = usageIn(info);
    loaded.set(next, api.generation === 2 ? { ...rows, besides: besides(rows, tokens ?? 0, costUsd ?? 0) } : rows);
    childIds.set(next, await api.childIds(next));
    for (const child of childIds.get(next) ?? []) wanted.add(child); // a set grows while it is walked
  }
  const all = family(
    id,
    (each) => loaded.get(each) ?? null,
    (rows) => childIds.get(rows.id) ?? [],
  );
  if (!all) throw new SourceError({ code: "unknown-session", selector: id, path });
  return opencodeSession(all, notes(isRunning));
}

/** A server lists sessions without their messages, so each is asked for. */
async function tallies(api: ServerApi): Promise<SessionTally[]> {
  const read: Tallied[] = [];
  for (const entry of headsIn(await api.sessions())) {
    const rows = gatheredMessages(entry, await api.messages(entry.id), () => NO_SHAPE);
    read.push(tallied(api.generation === 2 ? { entry, rows, rule: "2" } : { entry, rows }));
  }
  return talliesOf(read);
}

function notes(isRunning: boolean): Note[] {
  const found: Note[] = [{ kind: "info", text: "Read from a running OpenCode, which tells nothing of its event log." }];
  if (isRunning)
    found.push({
      kind: "info",
      text: "The session was still running when it was read; this is what there was so far.",
    });
  return found;
}

async function description(path: string, api: ServerApi): Promise<StoreDescription> {
  const heads = headsIn(await api.sessions());
  return {
    path,
    form: `OpenCode server ${api.version}, generation ${api.generation}`,
    versions: [...new Set(heads.flatMap((head) => head.version ?? []))],
    sessions: heads.length,
    rootSessions: heads.filter((head) => head.parentId === null).length,
    messages: null,
    bytes: null,
    newestAt: latest(
      0,
      heads.map((head) => head.updatedAt),
    ),
    notRecorded: ["failed attempts", "permission prompts", "the system prompt and tool definitions"],
    notes: [],
  };
}
