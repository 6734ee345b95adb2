import type { Eta } from "eta";
import type { CollectedSession, CollectionIndex } from "../model/collection.js";
import type { Report } from "../model/report.js";
import { encodedReport } from "../report/codec.js";
import { visible } from "../report/visible.js";
import { packedText, packRows } from "./pack.js";
import type { PageAssets } from "./page-assets.js";
import { patternsSvg } from "./pattern-svg.js";
import { pageTemplates, type RenderOptions, sessionView } from "./session-view.js";
import { codeParts } from "./view/code-parts.js";
import { sessionAnchors } from "./view/collection/anchors.js";
import { collectionNotes, collectionRemarks } from "./view/collection/notes.js";
import { sessionsView } from "./view/collection/sessions.js";
import { summaryView } from "./view/collection/summaries.js";
import { collectionGroups } from "./view/collection/tables.js";
import { collectionTiles } from "./view/collection/tiles.js";
import { trendsView } from "./view/collection/trends.js";
import { collectionAnswer, collectionMeta, collectionTitle } from "./view/collection/words.js";
import { STATIC_ROWS } from "./view/table.js";

/** The parts of one session as they stand in a page of several: each gzipped, in base64, so that only one is ever unfolded. */
export interface PackedSession {
  /** Markup: its title and tabs, and its Overview. */
  readonly top: string;
  /** Markup: the other sections. */
  readonly rest: string;
  /** Its Report, as a page of its own carries it. */
  readonly report: string;
}

/** What makes a page of several sessions. */
export interface CollectionAssets extends Pick<PageAssets, "templates" | "css" | "cssHash" | "js" | "jsHash"> {}

/** Renders a page of several sessions part by part: never are two sessions unfolded at once. Pure. */
export class CollectionRenderer {
  readonly #eta: Eta;
  readonly #assets: CollectionAssets;
  readonly #options: RenderOptions;

  constructor(assets: CollectionAssets, options: RenderOptions) {
    this.#eta = pageTemplates(assets.templates);
    this.#assets = assets;
    this.#options = options;
  }

  packed(report: Report): PackedSession {
    const view = sessionView(report, { ...this.#options, isUnfolded: true });
    return {
      top: packedText(this.#eta.render("@session-top", view)),
      rest: packedText(this.#eta.render("@session-rest", view)),
      report: packedText(encodedReport(report)),
    };
  }

  /** What stands of a session in the page whether or not its Report does. `anchors`: of all sessions. */
  summary(row: CollectedSession, anchors: ReadonlyMap<string, string> = new Map([[row.session.id, row.session.id]])) {
    return this.#eta.render("@collection-summary", { summary: summaryView(row, anchors) });
  }

  /** The page in pieces, in their order. `packed`: of every session that has a Report. */
  *page(index: CollectionIndex, packed: ReadonlyMap<string, PackedSession>): Iterable<string> {
    const anchors = sessionAnchors(index.sessions);
    const summaries = index.sessions.map((row) => summaryView(row, anchors));
    yield this.#eta.render("@collection", { ...this.#assets, ...this.#view(index, anchors), summaries });
    for (const { session } of index.sessions) {
      const anchor = anchors.get(session.id);
      for (const [part, data] of Object.entries(packed.get(session.id) ?? {}))
        yield this.#eta.render("@collection-session", { anchor, part, data });
    }
    yield this.#eta.render("@collection-end", this.#assets);
  }

  #view(index: CollectionIndex, anchors: ReadonlyMap<string, string>) {
    const limit = this.#options.fullTables ? Number.POSITIVE_INFINITY : STATIC_ROWS;
    return {
      title: visible(collectionTitle(index)),
      meta: visible(collectionMeta(index)),
      answer: collectionAnswer(index),
      tiles: collectionTiles(index.totals),
      sessions: sessionsView(index, anchors),
      remarks: collectionRemarks(index).map(codeParts),
      trends: trendsView(index.days, limit),
      groups: collectionGroups(index, anchors),
      unreadable: index.unreadable,
      notes: collectionNotes(index).map(codeParts),
      ...{ pack: packRows, patterns: { svg: patternsSvg() } },
      data: packedText(JSON.stringify(index)),
    };
  }
}
