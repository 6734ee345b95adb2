import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import type { CredentialFinding } from "./finding.js";

/** What the rules ask of whoever runs them; what they say beyond the place is for programmers of rules. */
interface RuleContext {
  readonly createTranslator: () => () => { readonly message: string };
  readonly report: (found: { readonly range: readonly [number, number] }) => void;
  readonly ignore: () => void;
}

/** A text as the rules are given it. Without a file, those rules that look at a file's name alone find nothing. */
interface RuleSource {
  readonly content: string;
  readonly contentType: "text";
  readonly filePath: undefined;
  readonly ext: "";
}

interface Rule {
  readonly meta: { readonly id: string };
  readonly create: (context: RuleContext, options: object) => { readonly file?: (source: RuleSource) => unknown };
}

/** Comments in a text that tell secretlint to look away do not tell us: this rule is the only one not run. */
const LOOKS_AWAY = "filter-comments";

const KINDS: Readonly<Record<string, string>> = {
  "1password": "1Password token",
  anthropic: "Anthropic key",
  aws: "AWS key",
  basicauth: "password in an address",
  databricks: "Databricks token",
  "database-connection-string": "password in an address",
  docker: "Docker token",
  figma: "Figma token",
  gcp: "Google Cloud key",
  github: "GitHub token",
  gitlab: "GitLab token",
  grafana: "Grafana token",
  groq: "Groq key",
  "hashicorp-vault": "Vault token",
  huggingface: "Hugging Face token",
  linear: "Linear key",
  notion: "Notion token",
  npm: "npm token",
  openai: "OpenAI key",
  privatekey: "private key",
  sendgrid: "SendGrid key",
  shopify: "Shopify token",
  slack: "Slack token",
  vercel: "Vercel token",
};

const RULES = (rules as unknown as readonly Rule[])
  .map((rule) => ({ rule, name: rule.meta.id.replace(/^.*secretlint-rule-/, "") }))
  .filter(({ name }) => name !== LOOKS_AWAY);

/** What secretlint's recommended rules find in a text. */
export function secretlintFindings(text: string): CredentialFinding[] {
  return RULES.flatMap(({ rule, name }) => {
    const found: CredentialFinding[] = [];
    const kind = KINDS[name] ?? "credential";
    rule
      .create(contextFor(kind, found), {})
      .file?.({ content: text, contentType: "text", filePath: undefined, ext: "" });
    return found;
  });
}

function contextFor(kind: string, found: CredentialFinding[]): RuleContext {
  return {
    createTranslator: () => () => ({ message: "" }),
    report: ({ range: [from, to] }) => found.push({ from, to, kind }),
    ignore: () => {},
  };
}
