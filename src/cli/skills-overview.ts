import { recordedSkillCalls, type SessionSkills, skillTotals } from "../analyze/skills-overview.js";
import { chosenBy } from "../analyze/stats.js";
import { skillsOnDisk } from "../load/opencode/skills-on-disk.js";
import { selectSession } from "../load/select-session.js";
import { isSkillCall } from "../load/skill-calls.js";
import type { Store } from "../load/source.js";
import { projectTelemetry } from "../load/telemetry/read-telemetry.js";
import { shapeOf } from "../load/text-shape.js";
import type { SkillOnDisk } from "../model/session.js";
import type { SkillsOverview, SkillsScope } from "../model/skills-overview.js";
import { type AnalysisOptions, analyzedSession } from "./analyzed-session.js";
import type { Context } from "./context.js";
import { namedRecordings } from "./found-recordings.js";
import { packageVersion } from "./package-files.js";
import { type Family, familiesOf } from "./session-families.js";
import { type FilterOptions, sessionFilter } from "./session-filter.js";
import { shownFolder, unusedIn } from "./unused-in-folders.js";

export interface OverviewOptions extends AnalysisOptions, FilterOptions {}

/** The skills of one session of a store, its subagents included. */
export async function skillsOfSession(
  store: Store,
  selector: string,
  options: OverviewOptions,
  context: Context,
): Promise<SkillsOverview> {
  const { id } = await selectSession(store, selector, context.cwd);
  const own = await sessionSkills(store, id, false, options, context);
  const skills = options.local ? await skillsIn([own.folder], context) : new Map();
  const scope = { sessionId: id, project: null, days: null, sessions: 1, copies: 0 };
  return overviewOf([own], scope, skills, [own.folder], options);
}

/** The skills of all sessions of a store that the options choose. `say`: what is for the user alone. */
export async function skillsOfStore(
  store: Store,
  options: OverviewOptions,
  context: Context,
  say: Context["stderr"],
): Promise<SkillsOverview> {
  if (options.recording !== undefined) namedRecordings(options.recording, context.cwd); // sessions without skills are not read
  const tallies = await store.tallies();
  const filter = sessionFilter(tallies, options, context);
  const chosen = new Set(chosenBy(filter, tallies));
  const families = familiesOf(tallies).filter(({ root }) => chosen.has(root));
  const originals = families.filter(({ root }) => !root.isCopy);
  const folders = [...foldersOf(originals)];
  const onDisk = options.local ? await skillsIn(folders, context) : new Map();
  const all = await toldIn(store, families, onDisk, options, context, say);
  const copies = families.length - originals.length;
  const project = filter.project && (await shownFolder(filter.project, options.redact, options.pseudonyms));
  const scope = { sessionId: null, project, days: filter.days, sessions: originals.length, copies };
  return overviewOf(all, scope, onDisk, folders, options);
}

type SkillsByFolder = ReadonlyMap<string, readonly SkillOnDisk[]>;

/** By folder, of those that are on this machine. */
async function skillsIn(folders: readonly string[], { env }: Context): Promise<SkillsByFolder> {
  const found = new Map<string, readonly SkillOnDisk[]>();
  for (const folder of folders) {
    const here = await skillsOnDisk(folder, env);
    if (here) found.set(folder, here.skills);
  }
  return found;
}

const MANY_SESSIONS = 100;

/** Only what may tell of a skill is read: telemetry files may be about any session of their folder. */
async function toldIn(
  store: Store,
  families: readonly Family[],
  onDisk: SkillsByFolder,
  options: OverviewOptions,
  context: Context,
  say: Context["stderr"],
): Promise<SessionSkills[]> {
  const namesIn = (folder: string) => (onDisk.get(folder) ?? []).map(({ name }) => name);
  const told = new Set(
    options.local ? [...foldersOf(families)].filter((folder) => projectTelemetry(folder).length > 0) : [],
  );
  const telling = families.filter((family) => {
    const { directory } = family.root;
    return options.telemetry !== undefined || told.has(directory) || usesSkills(family, namesIn(directory));
  });
  if (telling.length >= MANY_SESSIONS) say(`Reading ${telling.length} sessions …\n`);
  const found: SessionSkills[] = [];
  for (const { root } of telling) found.push(await sessionSkills(store, root.id, root.isCopy, options, context));
  return found;
}

/** By its calls, or by what a user loaded. */
function usesSkills({ members }: Family, names: readonly string[]): boolean {
  return members.some(
    ({ tools, skillsByUser }) => skillsByUser > 0 || tools.some(({ tool }) => isSkillCall(tool, names)),
  );
}

function foldersOf(families: readonly Family[]): ReadonlySet<string> {
  return new Set(families.map(({ root }) => root.directory));
}

async function sessionSkills(
  store: Store,
  id: string,
  isCopy: boolean,
  options: OverviewOptions,
  context: Context,
): Promise<SessionSkills> {
  const loaded = await store.load(id, shapeOf);
  const { report, redacted } = await analyzedSession(loaded, { ...options, storePath: store.path }, context);
  const { session, skills } = report;
  return { session, folder: loaded.directory, skills, recordedCalls: recordedSkillCalls(redacted), isCopy };
}

async function overviewOf(
  all: readonly SessionSkills[],
  scope: Omit<SkillsScope, "folders" | "unknownFolders" | "knownSkills">,
  onDisk: SkillsByFolder,
  folders: readonly string[],
  { redact, pseudonyms }: OverviewOptions,
): Promise<SkillsOverview> {
  const totals = skillTotals(all);
  const knownSkills = new Set([...onDisk.values()].flat().map(({ name, folder }) => `${folder}\n${name}`)).size;
  return {
    ...{ version: 1, kind: "skills", generator: { name: "sessionflame", version: packageVersion() } },
    scope: { ...scope, folders: folders.length, unknownFolders: folders.length - onDisk.size, knownSkills },
    ...totals,
    unusedSkills: onDisk.size === 0 ? null : await unusedIn(onDisk, totals.skills, redact, pseudonyms),
  };
}
