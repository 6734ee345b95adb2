import { chosenBy, type StatsFilter, stats } from "../../analyze/stats.js";
import { openStore } from "../../load/index.js";
import { selectSession } from "../../load/select-session.js";
import type { Store } from "../../load/source.js";
import type { StatsTotals } from "../../model/stats.js";
import type { SessionTally } from "../../model/tally.js";
import type { Context } from "../context.js";
import { EXIT, Failure } from "../failure.js";
import { namedPlace } from "../named-source.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { type Family, familiesOf } from "../session-families.js";
import { type FilterOptions, sessionFilter } from "../session-filter.js";
import { OpenedStores } from "./opened-stores.js";

/** A session with its subagents, and where it lies. */
export interface ChosenSession extends Family {
  readonly store: Store;
}

/** The sessions of one page, those that changed last first. */
export interface ChosenSessions {
  readonly sessions: readonly ChosenSession[];
  readonly isNamed: boolean;
  readonly filter: StatsFilter;
  /** What `stats` says of the same sessions, without copies and without those of these ids. */
  readonly countedWithout: (ids: ReadonlySet<string>) => StatsTotals;
}

export interface SelectionOptions extends SourceOptions, FilterOptions {
  readonly all?: boolean;
}

const NO_FILTER: StatsFilter = { days: null, since: null, project: null };

/** Opens the sessions that the selectors name, or that the options leave, for as long as `use` runs. */
export async function withChosen<T>(
  selectors: readonly string[],
  options: SelectionOptions,
  context: Context,
  use: (chosen: ChosenSessions) => Promise<T>,
): Promise<T> {
  const filter = filterOption(options);
  if (filter === null) return withNamed(selectors, options, context, use);
  const places = selectors.map((selector) => namedPlace(selector, options, context).path);
  const [path = null] = places;
  if (places.length > 1 || (selectors.length === 1 && path === null))
    throw new Failure(EXIT.usage, `named sessions and ${filter}`, `Leave ${filter} away, or name no session.`);
  const store = path === null ? openNamedStore(options, context) : openStore(path, options);
  return withStore(store, async (opened) => use(await filtered(opened, options, context)));
}

/** The option that asks for sessions without naming them. */
export function filterOption({ all, days, project }: SelectionOptions): string | null {
  if (all) return "--all";
  return days !== undefined ? "--days" : project !== undefined ? "--project" : null;
}

async function filtered(store: Store, options: SelectionOptions, context: Context): Promise<ChosenSessions> {
  const tallies = await store.tallies();
  const filter = sessionFilter(tallies, options, context);
  const chosen = new Set(chosenBy(filter, tallies));
  const families = familiesOf(tallies).filter(({ root }) => chosen.has(root));
  if (families.length === 0) throw nothingLeft(store, options);
  return {
    sessions: families.map((family) => ({ ...family, store })).sort(latestFirst),
    isNamed: false,
    filter,
    countedWithout: countedIn(tallies, filter),
  };
}

function countedIn(tallies: readonly SessionTally[], filter: StatsFilter): ChosenSessions["countedWithout"] {
  return (ids) =>
    stats(
      tallies.filter(({ id }) => !ids.has(id)),
      filter,
    ).withoutCopies;
}

function nothingLeft({ path }: Store, { days }: SelectionOptions): Failure {
  return days === undefined
    ? new Failure(
        EXIT.notFound,
        `no sessions in ${path}`,
        "Run a session first, or name another source with --db PATH.",
      )
    : new Failure(
        EXIT.notFound,
        days === 0
          ? "no session was changed since midnight"
          : `no session was changed in the last days: --days ${days}`,
        "Take a larger number with --days N, or all sessions with --all.",
      );
}

/** Each selector as `report SESSION` takes it; what is named twice is there once. */
async function withNamed<T>(
  selectors: readonly string[],
  options: SelectionOptions,
  context: Context,
  use: (chosen: ChosenSessions) => Promise<T>,
): Promise<T> {
  const stores = new OpenedStores(options, context);
  try {
    const sessions = new Map<string, ChosenSession>();
    for (const selector of selectors) {
      const session = await namedSession(selector, options, context, stores);
      if (!sessions.has(session.root.id)) sessions.set(session.root.id, session);
    }
    const chosen = [...sessions.values()].sort(latestFirst);
    const tallies = new Map(chosen.flatMap(({ members }) => members.map((each) => [each.id, each] as const)));
    const countedWithout = countedIn([...tallies.values()], NO_FILTER);
    return await use({ sessions: chosen, isNamed: true, filter: NO_FILTER, countedWithout });
  } finally {
    stores.close();
  }
}

async function namedSession(
  selector: string,
  options: SelectionOptions,
  context: Context,
  stores: OpenedStores,
): Promise<ChosenSession> {
  const { path, wanted } = namedPlace(selector, options, context);
  const { store, tallies } = await stores.of(path);
  const { id } = await selectSession(store, wanted, context.cwd);
  const members = withDescendants(id, tallies);
  return { root: members.find((tally) => tally.id === id) as SessionTally, members, store };
}

/** A session and all that hangs under it. */
function withDescendants(id: string, tallies: readonly SessionTally[]): SessionTally[] {
  const byId = new Map(tallies.map((tally) => [tally.id, tally]));
  return tallies.filter((tally) => {
    const seen = new Set<string>();
    let at: SessionTally | undefined = tally;
    while (at && at.id !== id && !seen.has(at.id)) {
      seen.add(at.id);
      at = byId.get(at.parentId ?? "");
    }
    return at?.id === id;
  });
}

function latestFirst({ root: a }: ChosenSession, { root: b }: ChosenSession): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1);
}
