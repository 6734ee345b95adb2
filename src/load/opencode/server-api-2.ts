import * as v from "valibot";
import { SourceError } from "../source-error.js";
import { optionalText } from "./json-1.js";
import { parseData } from "./parse-data.js";
import { dataIn, isKeyOf, listIn, type ServerClient } from "./server-client.js";
import { headsIn, isSessionId, type ServerApi } from "./server-sessions.js";

const PAGE = 200;
/** A server that gives more is broken. */
const MOST_PAGES = 1_000;

/** The HTTP API of 2.x. */
export function serverApi2(client: ServerClient, version: string): ServerApi {
  const sessions = (query = "") => pages(client, "/api/session", query);
  return {
    generation: 2,
    version,
    sessions: () => sessions(),
    session: async (id) => (isSessionId(id) ? dataIn(await client.get(`/api/session/${id}`)) : null),
    messages: (id) => pages(client, `/api/session/${id}/message`, "&order=asc"),
    childIds: async (id) => headsIn(await sessions(`&parentID=${id}`)).map((head) => head.id),
    isRunning: async (id) => isKeyOf(dataIn(await client.find("/api/session/active")), id),
  };
}

const NextCursor = v.object({ cursor: v.object({ next: optionalText }) });

/** A list, page after page, as long as pages bring something new. */
async function pages(client: ServerClient, path: string, query: string): Promise<readonly unknown[]> {
  const found = new Map<unknown, unknown>();
  let next: string | undefined = `${path}?limit=${PAGE}${query}`;
  for (let count = 0; next !== undefined; count++) {
    if (count >= MOST_PAGES) throw new SourceError({ code: "garbled-answer", url: client.address });
    const answer = await client.need(next);
    const before = found.size;
    for (const item of listIn(dataIn(answer))) found.set((item as { id?: unknown } | null)?.id ?? item, item);
    const cursor = found.size > before ? parseData(NextCursor, answer.json)?.cursor.next : undefined;
    next = cursor === undefined ? undefined : `${path}?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`;
  }
  return [...found.values()];
}
