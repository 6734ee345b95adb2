import type { CredentialFinding } from "./finding.js";

/** Names of what holds a secret: `DB_PASSWORD`, `apiKey`, `"client-secret"`. */
const NAME =
  /(?:pass(?:word|wd|phrase|code)|pwd|secret[_-]?key|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|credentials?)/
    .source;

/** What a name may go on with: `SECRET_2`, `tokenValue`. */
const REST = /([\w-]{0,24})/.source;

/** What stands between a name and its value: `=`, `: `, `": "`, ` => `, in JSON that stands in JSON also with backslashes. */
const BETWEEN = /(?:(?:\\*["'`])?\s{0,3}(?::=|=>|=|:)\s{0,3}|(?<=--[\w-]{1,40})\s+)/.source;

/** A value whose rest was cut off: however little of it is there. */
const CUT = /\\*["'`]?([^\s"'`…]{1,400})(?= ?…)/.source;

/** A value in quotes: of eight characters or more without white space. What code would put there begins with a sign. */
const QUOTED = /\\*["'`](?![$<{[(%])([^\s"'`\\]{8,})/.source;

/** A value without quotes: as above, with a digit and a letter near its beginning. */
const BARE = /(?![$<{[(%"'`\\])(?=[^\s,;"'`]{0,80}\d)(?=[^\s,;"'`]{0,80}[A-Za-z])([^\s,;"'`()[\]{}<>\\]{8,})/.source;

const ASSIGNMENT = new RegExp(`${NAME}${REST}${BETWEEN}(?:${CUT}|${QUOTED}|${BARE})`, "dgi");

/** A line of an environment file, where nothing is called or looked up: any value. */
const ENVIRONMENT =
  /(?<![A-Za-z0-9])[A-Z0-9_]{0,40}(?:PASS(?:WORD|WD)?|PWD|SECRET|TOKEN|KEY|CREDENTIALS?)(?:_[A-Z0-9_]{1,24})?=(?![$<{[(%"'`\\])([^\s,;"'`]{6,})/dg;

/** `curl -u name:password`. */
const USER = /(?<=(?:^|\s)(?:-u|--user)[ =]["']?)([^\s:"']{1,80}:[^\s"']{4,})/dg;

/** Values that are given to names of secrets: in environment files, in settings, in code, on command lines. */
export function assignmentFindings(text: string): CredentialFinding[] {
  const assigned = [...text.matchAll(ASSIGNMENT)].filter(([, rest = ""]) => !isOtherWord(rest));
  const places = [
    ...assigned.flatMap(({ indices }) => indices?.slice(2) ?? []),
    ...[...text.matchAll(ENVIRONMENT), ...text.matchAll(USER)].flatMap(({ indices }) => indices?.slice(1) ?? []),
  ].filter((place) => place !== undefined);
  return places
    .filter(([from, to]) => !isReference(text.slice(from, Math.min(to + 1, from + 200))))
    .map(([from, to]) => ({ from, to, kind: "password or key" }));
}

/** `tokenizer`, `secretary`, `tokens`, which are counted: no names of secrets. */
function isOtherWord(rest: string): boolean {
  return /^[a-z]/.test(rest);
}

/** `env.API_KEY2`, `config.auth2.token`, `sign2(`, a path: where a secret lies, not what it is. */
function isReference(value: string): boolean {
  return (
    /^(?:process|import|os|env|config|settings|self|this|ctx|options|opts|args|req|request)\b[.?]/.test(value) ||
    /^(?:\.{0,2}|~)\/|^https?:\/\/[^@]*$/.test(value) ||
    /^[\w.]+[([]/.test(value)
  );
}
