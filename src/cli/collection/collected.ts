import { addedCounts } from "../../analyze/added-counts.js";
import type { Member } from "../../analyze/collection/fold.js";
import { Collecting } from "../../analyze/collection/index.js";
import type { RuleSettings } from "../../analyze/thresholds.js";
import { shapeOf } from "../../load/text-shape.js";
import type { CollectedSession, CollectionIndex, OwnWork, UnreadableSession } from "../../model/collection.js";
import type { Report } from "../../model/report.js";
import type { ToolTally } from "../../model/tally.js";
import type { EpochMs } from "../../model/units.js";
import { Pseudonyms } from "../../redact/pseudonyms.js";
import type { CollectionRenderer, PackedSession } from "../../render/collection-page.js";
import { type AnalysisOptions, analyzedSession } from "../analyzed-session.js";
import type { Context } from "../context.js";
import { Failure } from "../failure.js";
import { packageVersion } from "../package-files.js";
import { withMadeAt } from "../session-report.js";
import { shownFolder } from "../unused-in-folders.js";
import type { ChosenSession, ChosenSessions } from "./chosen-sessions.js";
import type { PageRoom } from "./page-room.js";
import { noneReadable, unreadable } from "./unreadable.js";

/** A collection, and the parts of each session of which it has the Report. */
export interface Collected {
  readonly index: CollectionIndex;
  /** By session id. */
  readonly packed: ReadonlyMap<string, PackedSession>;
}

/** How a collection is made. */
export interface Making {
  readonly analysis: AnalysisOptions;
  readonly settings: RuleSettings;
  readonly renderer: CollectionRenderer;
  readonly room: PageRoom;
  readonly madeAt: EpochMs | null;
  /** Told of every session that is done. */
  readonly onDone: (done: number, all: number) => void;
}

/**
 * Loads, redacts, analyzes, renders and packs one session after the other; of each only its row and its packed parts stay.
 * One that cannot be read is left out; throws a `Failure` where that is all of them.
 */
export async function collected(chosen: ChosenSessions, making: Making, context: Context): Promise<Collected> {
  const { sessions, isNamed, filter, countedWithout } = chosen;
  const analysis = { ...making.analysis, pseudonyms: new Pseudonyms() };
  const { redact, pseudonyms } = analysis;
  const project = filter.project && (await shownFolder(filter.project, redact, pseudonyms));
  const kept = new KeptReports(making.renderer, making.room);
  const collecting = new Collecting();
  const skipped: UnreadableSession[] = [];
  const skippedIds = new Set<string>();
  for (const [i, session] of sessions.entries()) {
    const member = await memberOf(session, { ...making, analysis }, context).catch((error: unknown) => {
      // What the command line names is said by a Failure: it holds for every session.
      if (error instanceof Failure) throw error;
      skipped.push(unreadable(session.root.id, error, redact));
      for (const { id } of session.members) skippedIds.add(id);
      if (skipped.length === sessions.length) throw noneReadable(sessions.length, error);
      return null;
    });
    if (member) collecting.add(member, (row) => kept.add(row, member.report));
    making.onDone(i + 1, sessions.length);
  }
  const scope = { isNamed, days: filter.days, project };
  const generator = generatorOf(making.madeAt);
  const facts = { generator, scope, counted: countedWithout(skippedIds), unreadable: skipped };
  return { index: collecting.index(facts), packed: kept.packed };
}

function generatorOf(madeAt: EpochMs | null): Report["generator"] {
  return { name: "sessionflame", version: packageVersion(), ...(madeAt !== null && { madeAt }) };
}

async function memberOf(
  { store, root, members }: ChosenSession,
  { analysis, settings, madeAt }: Making,
  context: Context,
): Promise<Member> {
  const loaded = await store.load(root.id, shapeOf);
  const options = { ...analysis, storePath: store.path };
  const { report, redacted } = await analyzedSession(loaded, options, context, settings);
  return {
    report: madeAt === null ? report : withMadeAt(report, madeAt),
    isCopy: root.isCopy,
    exitCodes: redacted.spans.flatMap((span) => (span.kind === "tool" ? [span.exitCode] : [])),
    all: addedCounts(members.map(({ all }) => all)),
    own: { ...addedCounts(members.map(({ own }) => own)), ...ownCalls(members.flatMap(({ tools }) => tools)) },
  };
}

function ownCalls(tools: readonly ToolTally[]): Pick<OwnWork, "toolCalls" | "toolErrors"> {
  return {
    toolCalls: tools.reduce((sum, { ownCalls }) => sum + ownCalls, 0),
    toolErrors: tools.reduce((sum, { errors }) => sum + errors, 0),
  };
}

/** The packed parts of the sessions for whose Reports there is room. */
class KeptReports {
  readonly packed = new Map<string, PackedSession>();
  readonly #renderer: CollectionRenderer;
  readonly #room: PageRoom;

  constructor(renderer: CollectionRenderer, room: PageRoom) {
    this.#renderer = renderer;
    this.#room = room;
  }

  /** Whether the Report is kept. */
  add(row: CollectedSession, report: Report): boolean {
    this.#room.addSummary(Buffer.byteLength(this.#renderer.summary(row)));
    if (this.#room.isFull) return false;
    const parts = this.#renderer.packed(report);
    const isKept = this.#room.take(Object.values(parts).reduce((sum, part: string) => sum + part.length, 0));
    if (isKept) this.packed.set(row.session.id, parts);
    return isKept;
  }
}
