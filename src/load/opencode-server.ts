import type { Note, Session } from "../model/session.js";
import { gatheredMessages } from "./opencode/api-messages.js";
import type { SessionRows } from "./opencode/drafts.js";
import { family } from "./opencode/family.js";
import { type ServerApi, serverApi } from "./opencode/server-api.js";
import { type Login, ServerClient } from "./opencode/server-client.js";
import { opencodeSession } from "./opencode/session.js";
import { latest } from "./opencode/timing.js";
import { rootTotals } from "./opencode/totals.js";
import type { Store, Weigh } from "./source.js";
import { SourceError } from "./source-error.js";

/** A running OpenCode of either generation, read over its HTTP API. Only GET requests are sent. */
export async function openServer(url: URL, login: Login): Promise<Store> {
  const client = new ServerClient(url, login);
  const api = await serverApi(client);
  return {
    source: "opencode-server",
    path: client.address,
    entries: () => api.heads(),
    entry: (id) => api.head(id),
    totals: async () => rootTotals(await api.totals()),
    newestMessageAt: async () => null,
    describe: async () => [await description(client, api)],
    load: (id, weigh) => load(api, client.address, id, weigh),
    close: () => {},
  };
}

async function load(api: ServerApi, path: string, id: string, weigh: Weigh): Promise<Session> {
  const running = await api.isRunning(id);
  const loaded = new Map<string, SessionRows>();
  const childIds = new Map<string, readonly string[]>();
  const wanted = new Set([id]);
  for (const next of wanted) {
    const head = await api.head(next);
    if (!head) continue;
    loaded.set(next, gatheredMessages(head, await api.messages(next), weigh));
    childIds.set(next, await api.childIds(next));
    for (const child of childIds.get(next) ?? []) wanted.add(child); // a set grows while it is walked
  }
  const all = family(
    id,
    (each) => loaded.get(each) ?? null,
    (rows) => childIds.get(rows.id) ?? [],
  );
  if (!all) throw new SourceError({ code: "unknown-session", selector: id, path });
  return opencodeSession(all, notes(running));
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

async function description(client: ServerClient, api: ServerApi) {
  const heads = await api.heads();
  return {
    path: client.address,
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
