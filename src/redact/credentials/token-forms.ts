import { BETWEEN_TEXTS, type CredentialFinding } from "./finding.js";

const KEY_START = "-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----";
const KEY_END = "-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----";

/**
 * Tokens that are known by their form and that secretlint's recommended rules leave to others, as their makers document
 * them, and those that agents meet in their own work. An open end: what follows was cut.
 */
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ["private key", new RegExp(`${KEY_START}[^${BETWEEN_TEXTS}]*?(?:${KEY_END}|(?=${BETWEEN_TEXTS})|$)`, "g")],
  ["age key", /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/g],
  ["signed token", /\beyJ[\w-]{12,}(?:\.[\w-]*){0,2}/g],
  ["AWS key", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g],
  ["model provider's key", /\b(?:sk|pk|rk)-[A-Za-z0-9][\w-]{18,}/g],
  ["model provider's key", /\b(?:xai|pplx|tvly|gsk|r8|csk|nvapi|fw)[-_][A-Za-z0-9]{24,}/g],
  ["Stripe key", /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}/g],
  ["signing secret", /\bwhsec_[A-Za-z0-9+/=]{16,}/g],
  ["Google key", /\bAIza[\w-]{30,}/g],
  ["Google key", /\bya29\.[\w-]{20,}/g],
  ["Google key", /\bGOCSPX-[\w-]{20,}/g],
  ["GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,})/g],
  ["npm token", /\bnpm_[A-Za-z0-9]{20,}/g],
  ["GitLab token", /\bgl(?:pat|ptt|rt|dt|soat|cbt|ft|imt|agent|oas)-[\w-]{16,}/g],
  ["Slack token", /\bxox[a-z]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/g],
  ["Slack token", /\bhooks\.slack\.com\/(?:services|workflows)\/[\w/-]{20,}/g],
  ["PyPI token", /\bpypi-[\w-]{24,}/g],
  ["DigitalOcean token", /\bdo[opr]_v1_[0-9a-f]{32,}/g],
  ["Supabase key", /\bsb(?:p_[0-9a-f]{32,}|_secret_[\w-]{16,})/g],
  ["Atlassian token", /\bATATT3[\w=-]{24,}/g],
  ["Sentry token", /\bsntry[su]_[\w+/=]{24,}/g],
  ["Twilio key", /\bSK[0-9a-f]{32}\b/g],
  ["Telegram token", /\b\d{8,10}:AA[\w-]{30,}/g],
  ["Azure key", /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[\w%+/=-]{20,}/g],
  [
    "private key",
    /(?<![\w+/=])(?=[A-Za-z0-9+/]{0,40}[+/])(?=[^a-z]{0,40}[a-z])(?=[^A-Z]{0,40}[A-Z])(?=\D{0,60}\d)[A-Za-z0-9+/]{64}(?![\w+/=])/g,
  ],
  ["password in an address", /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`<>]*:)[^\s/@'"`<>]+(?=@)/gi],
  ["password in an address", /(?<=\b(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`<>]*:)[^\s@'"`<>]+(?=@)/gi],
  ["token in an address", /(?<=\bhttps?:\/\/)[\w-]{20,}(?=@)/gi],
  ["token in an address", /(?<=[?&](?:sig|signature|access_token|token|key|apikey|api_key)=)[\w%+/=.-]{12,}/gi],
  [
    "authorization header",
    /(?<=\b(?:proxy-)?authorization\\*["']?\s{0,3}[:=]\s{0,3}\\*["'`]?(?:[\w-]{2,20}\s+)?)(?![$<{[(%])(?![\w.]+\()[\w.~+/=:-]{12,}/gi,
  ],
  ["authorization header", /(?<=\bbearer(?:\s+|%20))(?=\S{0,60}\d)[\w.~+/=:-]{16,}/gi],
  ["cookie", /(?<=\b(?:set-)?cookie\\*["']?:\s{0,3}\\*["']?[\w.-]{1,40}=)[^\s;"']{12,}/gi],
  [
    "header with a key",
    /(?<=\bx-[\w-]{0,24}(?:auth|token|key|secret)[\w-]{0,12}\\*["']?\s{0,3}[:=]\s{0,3}\\*["'`]?)(?![$<{[(%])(?=\S{0,60}\d)[\w.~+/=:-]{12,}/gi,
  ],
  ["registry token", /(?<="auth"\s*:\s*")[\w+/=]{12,}|(?<=\b_auth(?:Token)?\s*=\s*"?)[\w+/=-]{12,}/g],
  ["password hash", /\$(?:2[aby]|[156]|apr1|y|argon2id?)\$[\w./$,=+]{16,}/g],
  ["webhook", /(?<=\bdiscord(?:app)?\.com\/api\/webhooks\/\d{5,30}\/)[\w-]{20,}/g],
  [
    "vendor token",
    /\b(?=\S{0,40}\d)(?:sq0[a-z]{3}-|tskey-|pscale_(?:tkn|oauth)_|PMAK-|NRAK-|rubygems_|sqp_|squ_|sqa_|re_|nfp_|fm2_|dp\.(?:pt|st|ct)\.|pul-|xkeysib-|lin_api_|ntn_|secret_|figd_|HRKU-|shp(?:at|ca|pa|ss)_|EAAA|key-)[\w+/=.-]{20,}/g,
  ],
  ["Discord token", /\b[MNO][\w-]{22,28}\.[\w-]{6}\.[\w-]{27,}/g],
];

/** What has the form of a token. */
export function tokenFindings(text: string): CredentialFinding[] {
  const whole = FORMS.flatMap(([kind, form]) =>
    [...text.matchAll(form)].map((match) => ({ from: match.index, to: match.index + match[0].length, kind })),
  );
  const ends = [...text.matchAll(new RegExp(KEY_END, "g"))];
  const tails = ends.map(({ index, 0: end }) => ({ from: keyTailStart(text, index), to: index + end.length }));
  return [...whole, ...tails.map((place) => ({ ...place, kind: "private key" }))];
}

/** Longer ones have their beginning too. */
const MOST_TAIL_CHARS = 4_000;

/** Where the lines of a key begin whose own beginning was left out, by its end. Lines may be numbered. */
function keyTailStart(text: string, end: number): number {
  let from = end;
  const before = text.slice(Math.max(0, end - MOST_TAIL_CHARS), end).match(/\S+\s*/g) ?? [];
  for (const word of before.reverse()) {
    const line = /[\w+/=]{16,}(?:\\n)?\s*$/.exec(word)?.[0] ?? /^(?:\d+[:|]?|\|)\s*$/.exec(word)?.[0] ?? "";
    from -= line.length;
    if (line.length < word.length) break;
  }
  return from;
}
