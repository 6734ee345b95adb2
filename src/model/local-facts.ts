import type { TextShape } from "./content.js";
import type { Tokens } from "./units.js";

/** What stands in settings, not in the session: as it is now, which need not be as it was then. */
export interface LocalFacts {
  /** Context limit in tokens by `provider/model`, where a file on this machine says it. */
  readonly contextLimits: Readonly<Record<string, Tokens>>;
  /** Names of the MCP servers that opencode.json configures and does not turn off; null where no such file was read. */
  readonly mcpServers: readonly string[] | null;
  /** The skills that the agent would find; null where the session's folder is not on this machine. */
  readonly skills: readonly SkillOnDisk[] | null;
  /** The files that were read. */
  readonly files: readonly string[];
}

/** A skill in a folder where the agent looks for skills. */
export interface SkillOnDisk {
  readonly name: string;
  /** What the model is told of it in every prompt; null where its file says nothing. */
  readonly description: string | null;
  readonly folder: string;
  /** Of its name and description, as prompts hold them. */
  readonly shape: TextShape;
}
