import type { Weigh } from "../source.js";
import { textFacts } from "../text-facts.js";
import { wordsOf } from "../words.js";
import type { PartDraft, TextDraft } from "./drafts.js";
import { instructionTexts } from "./instructions.js";
import type { Synthetic2, UserFile } from "./json-2.js";

/** A file that came with a prompt stands in its text. */
const ATTACHED = /\n{0,2}<file name="([^"\n]+)">\n([\s\S]*?)\n?<\/file>/g;
const ATTACHED_END = "</file>";

export function promptDrafts(text: string, weigh: Weigh): TextDraft[] {
  const end = text.lastIndexOf(ATTACHED_END);
  if (end < 0) return [textDraft(text, false, weigh)];
  // Behind the last end no file can stand; looking for one from each beginning there would take its time.
  const [head, tail] = [text.slice(0, end + ATTACHED_END.length), text.slice(end + ATTACHED_END.length)];
  const files = [...head.matchAll(ATTACHED)].map(([, name = "", content = ""]) => ({
    ...textDraft(content, true, weigh),
    ofFile: name,
  }));
  return [textDraft(head.replace(ATTACHED, "") + tail, false, weigh), ...files];
}

/** What the program told the model by itself; instruction files that it found beside what was read are named. */
export function syntheticDrafts({ text, metadata }: Synthetic2, weigh: Weigh): TextDraft[] {
  const pieces = instructionTexts(text, metadata?.instruction?.paths ?? []);
  const drafts = pieces.map(({ path, text: piece }) => ({ ...textDraft(piece, true, weigh), ofFile: path }));
  return drafts.length > 0 ? drafts : [textDraft(text, true, weigh)];
}

/** The user sees the skill's name; the model gets its text. */
export function skillDrafts({ name, text }: { name: string; text: string }, weigh: Weigh): TextDraft[] {
  return [textDraft(`/${name}`, false, weigh), ...(text === "" ? [] : [textDraft(text, true, weigh)])];
}

export function fileDraft({ mime, name, source }: UserFile): PartDraft {
  return { kind: "other", at: null, type: "file", file: { path: source?.path ?? name ?? null, mime: mime ?? "" } };
}

/** A piece of text of generation 2, which has no times of its own. */
export function textDraft(text: string, synthetic: boolean, weigh: Weigh): TextDraft {
  return {
    ...{ kind: "text", at: null, startAt: null, endAt: null, synthetic, ignored: false, announces: null, ofFile: null },
    text: textFacts(text, weigh),
    words: wordsOf(text),
  };
}
