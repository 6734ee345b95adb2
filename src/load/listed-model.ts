/** A model as the list of prices names it. */
export interface ListedModel {
  readonly provider: string;
  readonly name: string;
}

/** OpenCode's provider ids, and whose prices in the list are theirs. A plan has those of its maker: what it would cost without. */
const LISTED_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["amazon-bedrock", "aws"],
  ["anthropic", "anthropic"],
  ["azure", "azure"],
  ["azure-cognitive-services", "azure"],
  ["baseten", "baseten"],
  ["cerebras", "cerebras"],
  ["cloudflare-workers-ai", "cloudflare"],
  ["cohere", "cohere"],
  ["deepseek", "deepseek"],
  ["fireworks-ai", "fireworks"],
  ["github-copilot", "github-copilot"],
  ["github-copilot-enterprise", "github-copilot"],
  ["google", "google"],
  ["google-vertex", "google"],
  ["google-vertex-anthropic", "google"],
  ["groq", "groq"],
  ["minimax", "minimax"],
  ["mistral", "mistral"],
  ["moonshotai", "moonshotai"],
  ["novita-ai", "novita"],
  ["openai", "openai"],
  ["openrouter", "openrouter"],
  ["ovhcloud", "ovhcloud"],
  ["perplexity", "perplexity"],
  ["togetherai", "together"],
  ["xai", "x-ai"],
  ["zai", "zai"],
  ["zai-coding-plan", "zai"],
  ["zhipuai", "zhipuai"],
  ["zhipuai-coding-plan", "zhipuai"],
]);

/**
 * Models that only their makers sell, so that a name says whose price it is wherever it is asked for. The weights of
 * others (GLM, Kimi, Qwen, Llama, gpt-oss) are free: every host has its own price.
 */
const MAKERS: readonly (readonly [name: RegExp, provider: string])[] = [
  [/^claude-/i, "anthropic"],
  [/^(gpt-\d|o[134](-|$))/i, "openai"],
  [/^gemini-/i, "google"],
  [/^grok-/i, "x-ai"],
];
/** Offers that cost nothing or run elsewhere: `:free`, `-free`, `:cloud`. */
const SPECIAL_OFFER = /:|[-_]free$/i;

/** How the list names OpenCode's `provider/model`; null where it can have no price of it. */
export function listedModel(model: string): ListedModel | null {
  const slash = model.indexOf("/");
  if (slash < 0) return null;
  const name = model.slice(slash + 1);
  const provider = LISTED_PROVIDERS.get(model.slice(0, slash));
  if (provider) return { provider, name };
  const last = name.slice(name.lastIndexOf("/") + 1);
  const maker = SPECIAL_OFFER.test(last) ? undefined : MAKERS.find(([pattern]) => pattern.test(last));
  return maker ? { provider: maker[1], name: last } : null;
}
