import type { EpochMs } from "../../model/units.js";
import type { MessageDraft } from "./drafts.js";
import { idTime, SLACK_MS } from "./ids.js";

interface SessionOfMessages {
  readonly id: string;
  readonly createdAt: EpochMs;
  readonly messages: readonly MessageDraft[];
}

/**
 * The messages that are copies of others. Forks are told by their ids (`isCopied`), whether the original is there or
 * not. An import under other ids has no such mark: an answer that ended in the same millisecond as one of an earlier
 * session, with the same model, tokens and cost, is a copy of it, and so are the other messages that the two sessions
 * have in common. Not told: an import without any answer.
 */
export function copiedMessages(sessions: readonly SessionOfMessages[]): ReadonlySet<MessageDraft> {
  const ordered = [...sessions].sort(originalsFirst);
  const copied = new Set(ordered.flatMap(({ messages }) => messages.filter(({ isCopied }) => isCopied)));
  const originals = copiedAnswers(ordered, copied);
  const wanted = new Set([...originals.values()].flatMap((ids) => [...ids]));
  const said = new Set(
    ordered.flatMap(({ id, messages }) => (wanted.has(id) ? messages.map((message) => place(id, message)) : [])),
  );
  for (const { id, messages } of ordered) {
    const from = [...(originals.get(id) ?? [])];
    for (const message of messages)
      if (!isAnswer(message) && from.some((original) => said.has(place(original, message)))) copied.add(message);
  }
  return copied;
}

/** Adds the answers that an earlier session has too, and returns of which sessions each session holds some. */
function copiedAnswers(ordered: readonly SessionOfMessages[], copied: Set<MessageDraft>) {
  const owners = new Map<string, string>();
  const originals = new Map<string, Set<string>>();
  for (const { id, messages } of ordered)
    for (const message of messages.filter(isAnswer)) {
      const key = answerKey(message);
      const owner = owners.get(key) ?? id;
      owners.set(key, owner);
      if (owner === id) continue;
      copied.add(message);
      originals.set(id, (originals.get(id) ?? new Set()).add(owner));
    }
  return originals;
}

/** Only what was counted is told apart surely: two prompts may well be sent in the same millisecond. */
function isAnswer({ role, completedAt, tokens }: MessageDraft): boolean {
  return role === "assistant" && completedAt !== null && tokens !== null && Object.values(tokens).some((n) => n > 0);
}

function answerKey({ completedAt, model, tokens, costUsd }: MessageDraft): string {
  return [completedAt, model, costUsd, ...Object.values(tokens ?? {})].join(" ");
}

function place(sessionId: string, { role, createdAt, completedAt }: MessageDraft): string {
  return [sessionId, role, createdAt, completedAt].join(" ");
}

/** An import keeps the time of its session, but its id was not minted then. */
function originalsFirst(a: SessionOfMessages, b: SessionOfMessages): number {
  return a.createdAt - b.createdAt || Number(hasNaturalId(b)) - Number(hasNaturalId(a)) || (a.id < b.id ? -1 : 1);
}

function hasNaturalId({ id, createdAt }: SessionOfMessages): boolean {
  const mintedAt = idTime(id, createdAt);
  return mintedAt !== null && Math.abs(mintedAt - createdAt) <= SLACK_MS;
}
