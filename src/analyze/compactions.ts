import type { CompactionRow } from "../model/report.js";
import type { Message, Session } from "../model/session.js";
import type { Tokens } from "../model/units.js";
import { isSummary, messagesBySession, promptOf } from "./context/context-walk.js";
import { totalCost, totalUsage } from "./tokens.js";

/** One row a compaction, in time order: what its own call took, and what it did to the prompts. `droppedBy`: by the summary's id. */
export function compactions(
  session: Session,
  idOf: readonly number[],
  droppedBy: ReadonlyMap<string, CompactionRow["dropped"]>,
): CompactionRow[] {
  const rows = [...messagesBySession(session).values()].flatMap((messages) =>
    messages.flatMap((message, i) => {
      if (!isSummary(message)) return [];
      const { id: messageId, span, createdAt: at } = message;
      const asked = message.compaction ?? messages.slice(0, i).findLast(({ compaction }) => compaction)?.compaction;
      return [
        {
          ...{ messageId, spanId: span === null ? null : (idOf[span] as number), at },
          isAutomatic: asked?.isAutomatic ?? null,
          tokens: message.tokens && totalUsage([message]),
          costUsd: totalCost([message]),
          beforeTokens: promptTokens(messages.slice(0, i).findLast(isOwnCall)),
          afterTokens: promptTokens(messages.slice(i + 1).find(isOwnCall)),
          dropped: droppedBy.get(messageId) ?? [],
        },
      ];
    }),
  );
  return rows.sort((a, b) => a.at - b.at);
}

function isOwnCall(message: Message): boolean {
  return promptOf(message) > 0 && !message.isCompaction;
}

function promptTokens(message: Message | undefined): Tokens | null {
  return message ? promptOf(message) : null;
}
