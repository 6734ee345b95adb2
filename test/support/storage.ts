import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export function filesUnder(folder: string): string[] {
  return (readdirSync(folder, { recursive: true, encoding: "utf8" }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

interface StoredSession {
  readonly id: string;
  readonly path: string;
  /** Adds a task call that names a child session to the last message. */
  readonly addTask: (childId: string) => void;
}

let serial = 0;

/** An id as OpenCode mints it; those of sessions run backwards. */
function mintedId(prefix: string, at: number): string {
  const low = (BigInt(at) * 4_096n + BigInt(serial++ % 4_096)) & 0xffff_ffff_ffffn;
  const stamp = prefix === "ses" ? ~low & 0xffff_ffff_ffffn : low;
  return `${prefix}_${stamp.toString(16).padStart(12, "0")}${String(serial).padStart(14, "0")}`;
}

/** Writes a session of some messages, each with two parts, as OpenCode 1.1 stores it. */
export function addStoredSession(
  root: string,
  at: { createdAt: number; parentId?: string; messages?: number; durationMs?: number },
): StoredSession {
  const { createdAt, parentId, messages = 2, durationMs = 10_000 } = at;
  const id = mintedId("ses", createdAt);
  const path = join(root, "session", "project", `${id}.json`);
  const time = { created: createdAt, updated: createdAt + durationMs };
  write(path, { id, parentID: parentId, title: `session ${id}`, directory: "/p", version: "1.1.65", time });
  let lastMessage = "";
  for (let i = 0; i < messages; i++) {
    const created = createdAt + (i * durationMs) / messages;
    lastMessage = mintedId("msg", created);
    const role = i % 2 === 0 ? { role: "user" } : { role: "assistant", modelID: "m", providerID: "p", cost: 0 };
    const times = { created, ...(i % 2 === 0 ? {} : { completed: created + durationMs / messages }) };
    write(join(root, "message", id, `${lastMessage}.json`), { id: lastMessage, sessionID: id, ...role, time: times });
    for (const text of ["one", "two"]) addPart(root, lastMessage, created, { type: "text", text });
  }
  const addTask = (childId: string) =>
    addPart(root, lastMessage, createdAt, {
      ...{ type: "tool", tool: "task", callID: "call_1" },
      state: {
        status: "completed",
        input: {},
        metadata: { sessionId: childId },
        time: { start: createdAt, end: createdAt },
      },
    });
  return { id, path, addTask };
}

function addPart(root: string, messageId: string, at: number, data: object): void {
  const id = mintedId("prt", at);
  write(join(root, "part", messageId, `${id}.json`), { id, messageID: messageId, ...data });
}

function write(path: string, data: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(data));
}
