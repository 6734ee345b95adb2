import type { CredentialFinding } from "./finding.js";

/** Names of what holds a password, and of what holds another secret: `DB_PASSWORD`, `apiKey`, `"client-secret"`. */
const PASSWORD = /(?:pass(?:word|wd|phrase|code)|pwd)/.source;
const SECRET =
  /(?:secret[_-]?key|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|master[_-]?key|credential)/
    .source;

/** What a name may go on with: `SECRET_2`, `tokenValue`. */
const REST = /([\w-]{0,24})/.source;

/** What stands between a name and its value: `=`, `: `, `": "`, ` => `, in JSON that stands in JSON also with backslashes. */
const BETWEEN = /(?:(?:\\*["'`])?\s{0,3}(?::=|=>|=|:)\s{0,8}|(?<=--[\w-]{1,40})\s+)/.source;

/** A value whose rest was cut off: however little of it is there. */
const CUT = /\\*["'`]?([^\s"'`…]{1,400})(?= ?…)/.source;
/** In quotes, of eight characters or more without white space. What code would put there begins with a sign. */
const QUOTED = /\\*["'`](?![$<{[(%*#])([^\s"'`\\]{8,})/.source;
/** In quotes, where it is a password: of four characters or more, also several words. */
const PASSWORD_QUOTED = /\\*["'`](?![$<{[(%*#])([^"'`\\\n]{4,100})(?=\\*["'`])/.source;
/** Without quotes: of eight characters or more, with a digit and a letter near its beginning. */
const BARE = /(?![$<{[(%"'`\\])(?=[^\s,;"'`]{0,80}\d)(?=[^\s,;"'`]{0,80}[A-Za-z])([^\s,;"'`()[\]{}<>\\]{8,})/.source;

const SECRET_VALUE = new RegExp(`${SECRET}${REST}${BETWEEN}(?:${CUT}|${QUOTED}|${BARE})`, "dgi");
const PASSWORD_VALUE = new RegExp(`${PASSWORD}${REST}${BETWEEN}(?:${CUT}|${PASSWORD_QUOTED}|${BARE})`, "dgi");

/** A line of an environment file or of settings, an address' question: nothing is called or looked up there. */
const ENVIRONMENT =
  /(?<![A-Za-z0-9])[A-Z0-9_]{0,40}(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|(?:API|ACCESS|AUTH|PRIVATE|SECRET|ENCRYPTION|SIGNING|MASTER)_?KEY|CREDENTIALS?)([A-Z0-9_]{0,24})=(?![$<{[(%"'`\\])(?=[^\s,;"'`]{0,80}[A-Za-z])([^\s,;"'`&]{6,})/dg;
const WRITTEN_ON =
  /(?<=^|[\s;&?"'`])[\w-]{0,24}(?:password|passwd|pwd)()=(?![$<{[(%"'`\\])(?=[^\s,;"'`&]{0,80}[A-Za-z])([^\s,;"'`&(]{6,})(?![(\w.])/dgim;

/** `<password>s3cret</password>`, `machine a login b password s3cret1`, `the password is s3cret99`. */
const SPOKEN = new RegExp(
  `<${PASSWORD}()>([^<>\\s]{4,})(?=<)|\\b${PASSWORD}()\\s+(?:is\\s+)?(?=[^\\s,;"'\`]{0,80}\\d)(?=[^\\s,;"'\`]{0,80}[A-Za-z])([^\\s,;"'\`()<>]{8,})`,
  "dgi",
);

/** Values that are given to names of secrets: in environment files, in settings, in code, on command lines. */
export function assignmentFindings(text: string): CredentialFinding[] {
  const all = [SECRET_VALUE, PASSWORD_VALUE, ENVIRONMENT, WRITTEN_ON, SPOKEN].flatMap((form) => [
    ...text.matchAll(form),
  ]);
  const places = all
    .filter((match) => !isOtherWord(match[1] ?? "") && !isParserTalk(text, match.index))
    .flatMap(({ indices }) => (indices ?? []).slice(2))
    .filter((place) => place !== undefined)
    .filter(([from, to]) => from < to);
  return places
    .filter(([from, to]) => !isReference(text.slice(from, Math.min(to + 1, from + 200))))
    .map(([from, to]) => ({ from, to, kind: "password or key" }));
}

/** `tokenizer`, `secretary`, `tokens`, `PASSWORD_MIN_LENGTH`, `secretName`: no names of secrets. */
function isOtherWord(rest: string): boolean {
  return (
    /^[a-z]/.test(rest) ||
    /(?:min|max|length|len|size|limit|count|field|name|type|url|uri|path|file|dir|hash|policy|expiry|expires|ttl|header|prefix|ref|selector|label)s?$/i.test(
      rest,
    )
  );
}

/** What parsers say of words: `Unexpected token: abc1`. They do not write out a whole element. */
function isParserTalk(text: string, at: number): boolean {
  return (
    text[at] !== "<" &&
    /\b(?:unexpected|next|invalid|expected|missing|illegal) $/i.test(text.slice(Math.max(0, at - 12), at))
  );
}

/** Where a secret lies, not what it is: `env.API_KEY2`, `config.auth2.token`, `sign2(`, a path; or what holds its place. */
function isReference(value: string): boolean {
  return (
    /^(?:process|import|os|env|config|settings|self|this|ctx|options|opts|args|req|request)\b[.?]/.test(value) ||
    /^(?:\.{0,2}|~)\/|^https?:\/\/[^@]*$/.test(value) ||
    /^[\w.]+[([]/.test(value) ||
    /^(?:your|my|the|a|an|some|example|change|replace|placeholder|insert|enter|dummy|fake|todo|xxx|same-origin|include|string|number|undefined|null|true|false|required|optional)\b|^(?:your|change|replace|example)[_-]?|^[*.x]+$/i.test(
      value,
    )
  );
}
