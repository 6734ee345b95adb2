import * as v from "valibot";
import { SourceError } from "../source-error.js";
import { parseData } from "./parse-data.js";
import { serverApi1 } from "./server-api-1.js";
import { serverApi2 } from "./server-api-2.js";
import type { ServerClient } from "./server-client.js";
import type { ServerApi } from "./server-sessions.js";

const Health = v.object({ healthy: v.boolean(), version: v.string() });

/** Finds out which generation answers. */
export async function serverApi(client: ServerClient): Promise<ServerApi> {
  const health1 = parseData(Health, (await client.find("/global/health"))?.json);
  if (health1) return serverApi1(client, health1.version);
  const health2 = parseData(Health, (await client.find("/api/health"))?.json);
  if (health2) return serverApi2(client, health2.version);
  const sessions = await client.find("/session"); // releases before 1.1 tell nothing of their health
  if (Array.isArray(sessions?.json)) return serverApi1(client, "1.0");
  throw new SourceError({ code: "not-a-server", url: client.address });
}
