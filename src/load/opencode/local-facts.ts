import * as v from "valibot";
import type { LocalFacts, Note, Session } from "../../model/session.js";
import type { Tokens } from "../../model/units.js";
import { formatCount } from "../../report/format.js";
import { parsedJson } from "../json-text.js";
import { parsedJsonc } from "../jsonc-text.js";
import { withSkillCalls } from "../skill-calls.js";
import { record } from "./json-1.js";
import { localFile, settingsPaths } from "./local-files.js";
import { parseData } from "./parse-data.js";
import { type Env, modelsCache } from "./paths.js";
import { type FoundSkills, skillsOnDisk } from "./skills-on-disk.js";

/** The fields that are taken. Settings hold keys and passwords too: nothing else of them leaves this file. */
const Settings = v.object({ provider: record, mcp: record });
const Providers = v.record(v.string(), v.unknown());
const Provider = v.object({ models: record });
const Model = v.object({
  limit: v.object({ context: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12)) }),
});
const McpServer = v.object({ enabled: v.fallback(v.optional(v.boolean()), undefined) });

type Settings = v.InferOutput<typeof Settings>;
/** Whatever stands under the name of a provider. */
type Providers = Readonly<Record<string, unknown>>;

export interface LocalQuestion {
  /** The folder in which the session ran. */
  readonly directory: string;
  /** The `provider/model` names that it used. */
  readonly models: readonly string[];
  readonly env: Env;
}

export interface LocalAnswer {
  readonly facts: LocalFacts;
  readonly notes: readonly Note[];
}

/**
 * The session with what OpenCode's settings and skill folders on this machine say of it, and notes that name what was
 * read. Never throws.
 */
export async function withLocalFacts(session: Session, env: Env): Promise<Session> {
  const models = [...new Set(session.messages.flatMap(({ model }) => model ?? []))];
  const { facts, notes } = localFacts({ directory: session.directory, models, env });
  const found = await skillsOnDisk(session.directory, env);
  const local = Object.freeze({ ...facts, skills: found?.skills ?? null });
  const all = Object.freeze([...session.notes, ...notes, ...skillNotes(found)]);
  return withSkillCalls(Object.freeze({ ...session, local, notes: all }), found?.skills.map(({ name }) => name) ?? []);
}

function skillNotes(found: FoundSkills | null): Note[] {
  if (found === null || found.skills.length === 0) return [];
  const isOne = found.skills.length === 1;
  const what = isOne
    ? "1 skill that lies where the agent looks for them now was read for its name and description"
    : `${formatCount(found.skills.length)} skills that lie where the agent looks for them now were read for their names and descriptions`;
  const text = `Beside the session, ${what} (with --no-local left unread)`;
  return [{ kind: "info", text, files: found.folders }];
}

/**
 * What the settings say of the models and of MCP servers. The model cache, which is large, is read only for a model
 * whose limit stands in no settings file. A file that cannot be used is left out and noted. Never throws.
 */
export function localFacts({ directory, models, env }: LocalQuestion): LocalAnswer {
  const files = new Files();
  const settings = settingsPaths(directory, env).flatMap((path) => files.read(path, parsedJsonc, Settings) ?? []);
  const nearestFirst = settings.map(({ provider }): Providers => provider).reverse();
  const configured = limitsIn(nearestFirst, models);
  const others = models.filter((model) => !configured.has(model));
  const cache = others.length > 0 ? files.read(modelsCache(env), parsedJson, Providers) : null;
  const limits = new Map([...configured, ...limitsIn(cache ? [cache] : [], others)]);
  const facts: LocalFacts = {
    contextLimits: Object.freeze(Object.fromEntries(limits)),
    mcpServers: settings.length > 0 ? serversIn(settings) : null,
    skills: null,
    files: Object.freeze(files.paths),
  };
  return { facts: Object.freeze(facts), notes: [...readNotes(facts), ...files.problems] };
}

/** Reads files, and remembers which could be read. */
class Files {
  readonly paths: string[] = [];
  readonly problems: Note[] = [];

  /** What a file says, as far as the schema names it; null where there is none or it cannot be used. */
  read<S extends v.GenericSchema>(path: string, parsed: (text: string) => unknown, schema: S): v.InferOutput<S> | null {
    const file = localFile(path, parsed);
    if (!file) return null;
    const data = "value" in file && isObject(file.value) ? parseData(schema, file.value) : null;
    if (data !== null) this.paths.push(path);
    else {
      const why = "problem" in file ? file.problem : "it is of no known form";
      this.problems.push({ kind: "skipped", text: `Settings of OpenCode in ${path} were left out: ${why}.` });
    }
    return data;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function limitsIn(tables: readonly Providers[], models: readonly string[]): Map<string, Tokens> {
  const found = models.flatMap((model): [string, Tokens][] => {
    const limit = firstOf(tables, (providers) => limitIn(providers, model));
    return limit === null ? [] : [[model, limit]];
  });
  return new Map(found);
}

function firstOf<T, R>(items: readonly T[], result: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = result(item);
    if (found !== null) return found;
  }
  return null;
}

function limitIn(providers: Providers, model: string): Tokens | null {
  const slash = model.indexOf("/"); // a model's own name may hold more of them
  if (slash < 0) return null;
  const provider = parseData(Provider, providers[model.slice(0, slash)]);
  return parseData(Model, provider?.models[model.slice(slash + 1)])?.limit.context ?? null;
}

/** Settings are merged field by field: a nearer file may turn off, or on, what another one describes. */
function serversIn(settings: readonly Settings[]): readonly string[] {
  const isOn = new Map<string, boolean>();
  for (const { mcp } of settings)
    for (const [name, entry] of Object.entries(mcp)) {
      const server = parseData(McpServer, entry);
      if (server) isOn.set(name, server.enabled ?? isOn.get(name) ?? true);
    }
  return Object.freeze([...isOn].filter(([, on]) => on).map(([name]) => name));
}

function readNotes({ files, mcpServers }: LocalFacts): Note[] {
  if (files.length === 0) return [];
  const what = mcpServers
    ? "for how much its models can hold and which MCP servers it could use"
    : "for how much its models can hold";
  const text = `Beside the session, settings of OpenCode on this machine were read, as they are now, ${what}: ${files.join(", ")}. With --no-local they are left unread.`;
  return [{ kind: "info", text }];
}
