import { isKeyOf, listIn, type ServerClient } from "./server-client.js";
import { headsIn, isSessionId, type ServerApi } from "./server-sessions.js";

/** More sessions than anybody has: pages of this list go by a time that many sessions may share. */
const ALL = 100_000;

/** The HTTP API of 1.x. */
export function serverApi1(client: ServerClient, version: string): ServerApi {
  let listed: Promise<readonly unknown[]> | null = null; // one command asks once
  const sessions = () => (listed ??= listAll(client));
  return {
    generation: 1,
    version,
    sessions,
    session: async (id) => {
      const answer = isSessionId(id) ? await client.get(`/session/${id}`) : null;
      return answer?.json ?? (await sessions()).find((info) => (info as { id?: unknown } | null)?.id === id) ?? null;
    },
    messages: async (id) => listIn((await client.need(`/session/${id}/message`)).json),
    childIds: async (id) => headsIn(await sessions()).flatMap((head) => (head.parentId === id ? [head.id] : [])),
    isRunning: async (id) => isKeyOf((await client.find("/session/status"))?.json, id),
  };
}

/**
 * Releases before 1.2 list only the project of the server: to ask for another one would start it there, with its plugins.
 */
async function listAll(client: ServerClient): Promise<readonly unknown[]> {
  const all = await client.find(`/experimental/session?archived=true&limit=${ALL}`);
  return listIn((all ?? (await client.need("/session"))).json);
}
