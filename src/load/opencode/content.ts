import type { ContentPart } from "../../model/session.js";
import { parsedJson } from "../json-text.js";
import type { MessageDraft, OtherDraft, PartDraft, TextDraft } from "./drafts.js";

const ANNOUNCEMENT = "Called the Read tool with the following input: ";

/** The file that OpenCode read for an `@file` of a prompt, by what it tells the model of it; null for any other text. */
export function announcedFile(text: string): string | null {
  if (!text.startsWith(ANNOUNCEMENT)) return null;
  const input = parsedJson(text.slice(ANNOUNCEMENT.length)) as { filePath?: unknown } | null;
  return typeof input?.filePath === "string" ? input.filePath : null;
}

/** What a message puts into later prompts: its own parts in order, then what its tool calls gave back. */
export function messageContent({ role, error, parts }: MessageDraft): ContentPart[] {
  // An answer that failed is not sent again; of one that was broken off, what had come is.
  if (error && !(error.isAbort && parts.some(isOutput))) return [];
  const content: ContentPart[] = [];
  const results: ContentPart[] = [];
  let announced: string | null = null;
  for (const part of parts) {
    if (part.kind === "tool") {
      content.push(...part.content.filter((each) => each.kind === "tool-call"));
      results.push(...part.content.filter((each) => each.kind !== "tool-call"));
    } else if (part.kind === "other") {
      content.push(...mediaContent(part));
    } else if (part.kind !== "compaction" && !part.ignored && part.text.chars > 0) {
      announced = part.announces ?? (part.synthetic ? announced : null);
      // The announcement itself is no content of the file.
      content.push(textContent(part, part.announces === null && role === "user" ? announced : null));
    }
  }
  return [...content, ...results];
}

function textContent({ kind, text: { shape, digest }, ofFile }: TextDraft, announced: string | null): ContentPart {
  const path = ofFile ?? announced;
  return path === null ? { kind, shape } : { kind: "file", path, shape, digest };
}

function isOutput({ kind }: PartDraft): boolean {
  return kind === "text" || kind === "tool";
}

/** Of other files the text stands beside; only images and the like are sent as they are. */
function mediaContent({ file }: OtherDraft): ContentPart[] {
  if (!file || !isMedia(file.mime)) return [];
  return [{ kind: "media", path: file.path }];
}

export function isMedia(mime: string): boolean {
  return /^(image|audio|video)\/|^application\/pdf$/.test(mime);
}
