/** The agents that come with OpenCode: their names say nothing of whoever uses them. */
const AGENTS: ReadonlySet<string> = new Set([
  ...["build", "plan", "general", "explore", "compaction", "title", "summary"],
]);

export function isPublicAgent(agent: string): boolean {
  return AGENTS.has(agent);
}

/** An id as OpenCode makes them: of a session, a message. Nobody chooses it: it begins with the time, and ends in chance. */
export function isRandomId(id: string): boolean {
  return /^(?:ses|msg|prt|evt)_[0-9a-f]{12}[0-9A-Za-z]{14}$/.test(id);
}

/** Providers that anybody can use, as OpenCode calls them. A gateway of one's own has a name of one's own. */
const PROVIDERS: ReadonlySet<string> = new Set([
  ...["amazon-bedrock", "anthropic", "azure", "cerebras", "cloudflare-workers-ai", "deepinfra", "deepseek"],
  ...["fireworks-ai", "github-copilot", "github-models", "google", "google-vertex", "google-vertex-anthropic", "groq"],
  ...["huggingface", "llama", "lmstudio", "minimax", "mistral", "moonshotai", "nvidia", "ollama", "openai"],
  ...["opencode", "openrouter", "perplexity", "requesty", "togetherai", "vercel", "xai", "zai", "zhipuai"],
]);

export function isPublicProvider(provider: string): boolean {
  return PROVIDERS.has(provider);
}
