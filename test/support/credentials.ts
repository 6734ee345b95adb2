/** Letters and digits as random as those of a real token, the same in every run. */
function randomText(length: number, seed: number, alphabet: string): string {
  let state = (seed * 2_654_435_761 + 97) >>> 0;
  const chars = Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[(state >>> 8) % alphabet.length] as string;
  });
  return chars.join("");
}

const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A credential that opens nothing: the text as it stands somewhere, and the part that nobody may see. */
export interface MadeCredential {
  readonly text: string;
  readonly secret: string;
}

type Form = (
  secret: (length: number, alphabet?: string) => string,
) => readonly [before: string, secret: string, after: string];

/** One form of each kind that agents meet. */
export const CREDENTIAL_FORMS: Readonly<Record<string, Form>> = {
  "GitHub token": (secret) => ["ghp_", secret(36), ""],
  "GitHub fine-grained token": (secret) => ["github_pat_", `${secret(22)}_${secret(59)}`, ""],
  "OpenAI key": (secret) => ["sk-proj-", secret(48), ""],
  "Anthropic key": (secret) => ["sk-ant-api03-", `${secret(93)}AA`, ""],
  "AWS key id": (secret) => ["AKIA", secret(16, UPPER), ""],
  "AWS secret key": (secret) => ["AWS_SECRET_ACCESS_KEY=", secret(40), ""],
  "Slack token": (secret) => ["xoxb-", `${secret(12, "123456789")}-${secret(24)}`, ""],
  "Stripe key": (secret) => ["sk_live_", secret(24), ""],
  "npm token": (secret) => ["npm_", secret(36), ""],
  "GitLab token": (secret) => ["glpat-", secret(20), ""],
  "Google key": (secret) => ["AIza", secret(35), ""],
  "signed token": (secret) => ["eyJhbGciOiJIUzI1NiJ9.", `eyJ${secret(60)}.${secret(43)}`, ""],
  "private key": (secret) => ["-----BEGIN RSA PRIVATE KEY----- ", secret(120), " -----END RSA PRIVATE KEY-----"],
  "address of a database": (secret) => ["postgres://app:", secret(18), "@db.internal:5432/shop"],
  "password in a file": (secret) => ["DB_PASSWORD=", secret(14), ""],
  "key in JSON": (secret) => ['{"apiKey": "', secret(32, HEX), '"}'],
  "value in a line of settings": (secret) => ["api_secret: '", secret(20), "'"],
  "password in XML": (secret) => ["<password>", secret(12), "</password>"],
  "password for mysql": (secret) => ["mysql -u root -p", secret(14), " shop"],
  "password for docker": (secret) => ["docker login -u acme -p ", secret(16), " registry.example"],
  "user of curl": (secret) => ["curl -u admin:", secret(16), " https://example.org"],
  "header without a scheme": (secret) => ["Authorization: ", secret(32, HEX), ""],
  header: (secret) => ["Authorization: Bearer ", secret(32), ""],
};

/** A credential of a form; another for each seed. */
export function madeCredential(form: string, seed: number): MadeCredential {
  const [before, secret, after] = (CREDENTIAL_FORMS[form] as Form)((length, alphabet = MIXED) =>
    randomText(length, seed * 31 + length, alphabet),
  );
  return { text: `${before}${secret}${after}`, secret };
}

const PIECE_CHARS = 8;

/**
 * A piece of a secret that stands in a text: of eight characters, for shorter ones could stand there by chance, at any
 * place of the secret or, in larger texts, at every `step`th.
 */
export function leaked({ secret }: MadeCredential, text: string, step = 1): string {
  for (let from = 0; from + PIECE_CHARS <= secret.length; from += step) {
    const piece = secret.slice(from, from + PIECE_CHARS);
    if (text.includes(piece)) return piece;
  }
  return "";
}
