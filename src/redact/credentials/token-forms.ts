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
  ["password in an address", /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`<>]*:)[^\s/@'"`<>]+(?=@)/gi],
  ["authorization header", /(?<=\b(?:bearer|basic|digest|authorization:? *token) +)(?=\S*\d)[\w.~+/=:-]{12,}/gi],
];

/** What has the form of a token. */
export function tokenFindings(text: string): CredentialFinding[] {
  return FORMS.flatMap(([kind, form]) =>
    [...text.matchAll(form)].map((match) => ({ from: match.index, to: match.index + match[0].length, kind })),
  );
}
