import * as v from "valibot";
import type { SessionTotals } from "../source.js";
import { SourceError } from "../source-error.js";
import { optionalText, Tokens, usd } from "./json-1.js";
import { parseData } from "./parse-data.js";
import type { Answer, ServerClient } from "./server-client.js";
import { sessionHead } from "./session-head.js";
import type { Head } from "./storage-tree.js";

/** What is asked of a server, in whatever generation's words. */
export interface ServerApi {
  readonly generation: 1 | 2;
  readonly version: string;
  /** Every session of every project, subagents included. */
  readonly heads: () => Promise<Head[]>;
  /** Each session alone, as far as the list of sessions says. */
  readonly totals: () => Promise<SessionTotals[]>;
  readonly head: (id: string) => Promise<Head | null>;
  readonly messages: (id: string) => Promise<unknown[]>;
  readonly childIds: (id: string) => Promise<string[]>;
  readonly isRunning: (id: string) => Promise<boolean>;
}

/** Finds out which generation answers. */
export async function serverApi(client: ServerClient): Promise<ServerApi> {
  const health1 = await client.find("/global/health");
  if (health1) return api1(client, versionIn(health1.json));
  const health2 = await client.find("/api/health");
  if (health2) return api2(client, versionIn(health2.json));
  const sessions = await client.find("/session"); // releases before 1.1 tell nothing of their health
  if (Array.isArray(sessions?.json)) return api1(client, "1");
  throw new SourceError({ code: "not-a-server", url: client.address });
}

function versionIn(health: unknown): string {
  return parseData(v.object({ version: v.string() }), health)?.version ?? "of unknown version";
}

const PAGE = 200;

function api1(client: ServerClient, version: string): ServerApi {
  let listed: Promise<unknown[]> | null = null; // one command asks once
  const list = () => (listed ??= listAll());
  const listAll = async (): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await client.find(
        `/experimental/session?archived=true&limit=${PAGE}${cursor && `&cursor=${cursor}`}`,
      );
      if (!page) return listByProject(client);
      found.push(...listIn(page.json));
      cursor = listIn(page.json).length < PAGE ? null : page.headers.get("x-next-cursor");
    }
    return found;
  };
  const heads = async () => headsIn(await list());
  return {
    generation: 1,
    version,
    heads,
    totals: async () => (await list()).flatMap((info) => totalsIn(info) ?? []),
    head: async (id) =>
      sessionHead((await ofSession(client, `/session/${id}`, id))?.json) ??
      (await heads()).find((head) => head.id === id) ??
      null,
    messages: async (id) => listIn((await client.get(`/session/${id}/message`))?.json),
    childIds: async (id) => (await heads()).filter((head) => head.parentId === id).map((head) => head.id),
    isRunning: async (id) => isKeyOf((await client.find("/session/status"))?.json, id),
  };
}

/** Releases before 1.2 list the sessions of one project at a time. */
async function listByProject(client: ServerClient): Promise<unknown[]> {
  const projects = listIn((await client.get("/project"))?.json);
  const folders = projects.flatMap((project) => parseData(v.object({ worktree: v.string() }), project)?.worktree ?? []);
  const lists = await Promise.all(
    folders.map((folder) => client.get(`/session?directory=${encodeURIComponent(folder)}`)),
  );
  return lists.flatMap((answer) => listIn(answer?.json));
}

function api2(client: ServerClient, version: string): ServerApi {
  const pages = async (path: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page = await client.get(cursor === "" ? path : `${path.split("?")[0]}?limit=${PAGE}&cursor=${cursor}`);
      const data = listIn(dataIn(page));
      found.push(...data);
      cursor = data.length === 0 ? undefined : parseData(NextCursor, page?.json)?.cursor.next;
    }
    return found;
  };
  const list = (query = "") => pages(`/api/session?limit=${PAGE}${query}`);
  return {
    generation: 2,
    version,
    heads: async () => headsIn(await list()),
    totals: async () => (await list()).flatMap((info) => totalsIn(info) ?? []),
    head: async (id) => sessionHead(dataIn(await ofSession(client, `/api/session/${id}`, id))),
    messages: (id) => pages(`/api/session/${id}/message?limit=${PAGE}&order=asc`),
    childIds: async (id) => headsIn(await list(`&parentID=${id}`)).map((head) => head.id),
    isRunning: async (id) => isKeyOf(dataIn(await client.find("/api/session/active")), id),
  };
}

const NextCursor = v.object({ cursor: v.object({ next: optionalText }) });
const Usage = v.object({ tokens: v.fallback(v.nullish(Tokens), null), cost: v.fallback(v.nullish(usd), null) });

/** Asks for one session. A server answers what is no id with an error. */
async function ofSession(client: ServerClient, path: string, id: string) {
  return /^ses_\w+$/.test(id) ? client.get(path) : null;
}

function headsIn(list: readonly unknown[]): Head[] {
  return list.flatMap((info) => sessionHead(info) ?? []);
}

/** When a session's first and last messages were made stands in no list. */
function totalsIn(info: unknown): SessionTotals | null {
  const head = sessionHead(info);
  const usage = parseData(Usage, info);
  const tokens = usage?.tokens;
  return (
    head && {
      ...head,
      ...{ startedAt: null, endedAt: null, messages: null, costUsd: usage?.cost ?? null },
      tokens: tokens ? tokens.input + tokens.output + tokens.reasoning + tokens.cache.read + tokens.cache.write : 0,
    }
  );
}

function dataIn(answer: Answer | null): unknown {
  return (answer?.json as { data?: unknown } | null | undefined)?.data;
}

function listIn(json: unknown): unknown[] {
  return Array.isArray(json) ? json : [];
}

function isKeyOf(json: unknown, id: string): boolean {
  return typeof json === "object" && json !== null && id in json;
}
