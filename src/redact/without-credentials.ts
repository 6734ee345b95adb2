import type { Redaction } from "../model/redaction.js";
import type { Session } from "../model/session.js";
import { BETWEEN_TEXTS, type CredentialFinding, type FindCredentials } from "./credentials/finding.js";
import { mapTexts } from "./map-texts.js";

/** What stands where a credential stood. */
export const CREDENTIAL = "[credential]";

export interface WithoutCredentials {
  readonly session: Session;
  /** How many different ones were replaced, by what they looked like; the most first. */
  readonly credentials: Redaction["credentials"];
}

/** The session with everything replaced that looks like a credential, whatever text it stands in. */
export function withoutCredentials(session: Session, find: FindCredentials): WithoutCredentials {
  const texts = new Set<string>();
  mapTexts(session, (text) => {
    texts.add(text);
    return text;
  });
  const found = findingsByText([...texts], find);
  if (found.size === 0) return { session, credentials: [] };
  const { words, ids } = cleanTexts(found);
  const clean = mapTexts(session, (text, role) => (role === "id" ? ids : words).get(text) ?? text);
  return { session: clean, credentials: counts(found) };
}

/** What stands for texts in which something looks like a credential: where they are words, and where they are ids. */
export interface CleanTexts {
  readonly words: ReadonlyMap<string, string>;
  readonly ids: ReadonlyMap<string, string>;
}

export function textsWithoutCredentials(texts: readonly string[], find: FindCredentials): CleanTexts {
  return cleanTexts(findingsByText(texts, find));
}

/** Two ids must stay two, whatever stood in them. */
function cleanTexts(found: ReadonlyMap<string, readonly CredentialFinding[]>): CleanTexts {
  return {
    words: new Map([...found].map(([text, findings]) => [text, replaced(text, findings)])),
    ids: new Map([...found.keys()].map((text, i) => [text, `id-${i + 1}`])),
  };
}

/** All texts are looked at as one: to ask every rule for every text would take ten times as long. */
function findingsByText(texts: readonly string[], find: FindCredentials): Map<string, CredentialFinding[]> {
  const whole = texts.map((text) => text.replaceAll(BETWEEN_TEXTS, " ")).join(`\n${BETWEEN_TEXTS}\n`);
  const found = find(whole);
  const findings = [...found, ...repeatedIn(whole, found)].sort((a, b) => a.from - b.from || b.to - a.to);
  const byText = new Map<string, CredentialFinding[]>();
  let next = 0;
  let start = 0;
  for (const text of texts) {
    const end = start + text.length;
    const own: CredentialFinding[] = [];
    for (; (findings[next]?.from ?? Number.POSITIVE_INFINITY) < end; next++) {
      const { from, to, kind } = findings[next] as CredentialFinding;
      if (from >= start) own.push({ from: from - start, to: Math.min(to, end) - start, kind });
    }
    if (own.length > 0) byText.set(text, own);
    start = end + BETWEEN_TEXTS.length + 2;
  }
  return byText;
}

/** Shorter ones may be common words. */
const SHORTEST_REPEATED_CHARS = 8;

/** What was found to be a credential in one place is one in every other, where nothing around it says so. */
function repeatedIn(whole: string, found: readonly CredentialFinding[]): CredentialFinding[] {
  const kinds = new Map(found.map(({ from, to, kind }) => [whole.slice(from, to), kind]));
  return [...kinds].flatMap(([value, kind]) => {
    if (kind === null || value.length < SHORTEST_REPEATED_CHARS || !/\d/.test(value)) return [];
    const places: CredentialFinding[] = [];
    for (let from = whole.indexOf(value); from >= 0; from = whole.indexOf(value, from + value.length))
      places.push({ from, to: from + value.length, kind });
    return places;
  });
}

/** Findings that overlap are one. Of what was only cut nothing is left, not even a word about it. */
function replaced(text: string, findings: readonly CredentialFinding[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, kind } of findings) {
    if (to <= at) continue;
    if (from >= at) pieces.push(text.slice(at, from), kind === null ? "" : CREDENTIAL);
    at = to;
  }
  return [...pieces, text.slice(at)].join("");
}

function counts(found: ReadonlyMap<string, readonly CredentialFinding[]>): Redaction["credentials"] {
  const kinds = new Map<string, Set<string>>();
  for (const [text, findings] of found) {
    let at = 0;
    for (const { from, to, kind } of findings) {
      if (kind !== null && from >= at) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(text.slice(from, to)));
      at = Math.max(at, to);
    }
  }
  return [...kinds]
    .map(([kind, { size: count }]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}
