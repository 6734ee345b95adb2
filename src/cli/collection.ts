import { resolve } from "node:path";
import type { CollectionIndex } from "../model/collection.js";
import type { Bytes } from "../model/units.js";
import { CollectionRenderer, type PackedSession } from "../render/collection-page.js";
import { renderCollectionMarkdown } from "../render/markdown/collection.js";
import { collectionWords } from "../render/view/collection/words.js";
import { withChosen } from "./collection/chosen-sessions.js";
import { collected } from "./collection/collected.js";
import { collectionJson, collectionPieces } from "./collection/collection-text.js";
import { PageRoom } from "./collection/page-room.js";
import { progressLine } from "./collection/progress.js";
import type { ReadCollection } from "./collection/read-collection.js";
import { inputsOf, type ReportOptions, sameFile } from "./commands/report.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { defaultTarget, extensionOf, type Format } from "./formats.js";
import { declaredNow } from "./moment.js";
import { openInBrowser } from "./open-in-browser.js";
import { writeOutput } from "./output.js";
import { readCollectionAssets } from "./package-files.js";
import { LARGEST_PAGE, refuseBytes } from "./page-limit.js";
import { withMadeAt } from "./session-report.js";
import { readSettings } from "./settings-file.js";
import { keepHeapSmall } from "./small-heap.js";
import { appendStepSummary, stepSummaryPath } from "./step-summary.js";

/** What can be written: the texts are made when they are asked for. */
interface Writable {
  readonly index: CollectionIndex;
  readonly page: () => Iterable<string>;
  readonly json: () => Iterable<string>;
}

/** `sessionflame report` of several sessions: those that are named, or those that the options leave of all. */
export async function writeCollection(
  selectors: readonly string[],
  options: ReportOptions,
  context: Context,
): Promise<void> {
  const format = formatOf(options);
  const summaryPath = summaryPathOf(options, context);
  keepHeapSmall();
  const renderer = new CollectionRenderer(readCollectionAssets(), options);
  const progress = progressLine(context, options.quiet === true);
  const { index, packed } = await withChosen(selectors, options, context, (chosen) => {
    const mostBytes = options.allowLarge ? Number.POSITIVE_INFINITY : LARGEST_PAGE;
    const making = {
      ...{ analysis: options, settings: settingsOf(options, context), renderer },
      room: new PageRoom(mostBytes, chosen.sessions.length),
      madeAt: declaredNow(options.now, context),
      onDone: progress.show,
    };
    return collected(chosen, making, context);
  }).finally(progress.end);
  const writable = { index, page: () => renderer.page(index, packed), json: () => collectionJson(index, packed) };
  await write(writable, format, summaryPath, options, context);
}

/** `sessionflame report --from`: what `writeCollection` wrote, anew. */
export async function rewriteCollection(read: ReadCollection, options: ReportOptions, context: Context): Promise<void> {
  const format = formatOf(options);
  const { now } = options;
  const renderer = new CollectionRenderer(readCollectionAssets(), options);
  const generator = now === undefined ? read.index.generator : { ...read.index.generator, madeAt: now };
  const index = { ...read.index, generator };
  const reports = read.reports.map(({ id, read: report }) => {
    return [id, () => (now === undefined ? report().report : withMadeAt(report().report, now))] as const;
  });
  let packed: ReadonlyMap<string, PackedSession> | undefined;
  const page = () => {
    packed ??= new Map(reports.map(([id, report]) => [id, renderer.packed(report())]));
    return renderer.page(index, packed);
  };
  const writable = { index, page, json: () => collectionPieces(index, reports) };
  await write(writable, format, summaryPathOf(options, context), options, context);
}

/** One picture cannot show several sessions. */
function formatOf({ json, format }: ReportOptions): Exclude<Format, "svg"> {
  if (json) return "json";
  if (format !== "svg") return format;
  throw new Failure(
    EXIT.usage,
    "--format svg is for one session",
    "Name one session, or take html, json or markdown for several.",
  );
}

function settingsOf({ local, config }: ReportOptions, context: Context) {
  return local || config !== undefined ? readSettings(config, context) : {};
}

function summaryPathOf({ stepSummary, output }: ReportOptions, context: Context): string | null {
  const path = stepSummary ? stepSummaryPath(context) : null;
  if (path !== null && output !== undefined && resolve(context.cwd, output) === path) throw sameFile(output);
  return path;
}

async function write(
  writable: Writable,
  format: Exclude<Format, "svg">,
  summaryPath: string | null,
  options: ReportOptions,
  context: Context,
): Promise<void> {
  const say = options.quiet ? () => {} : context.stderr;
  const pieces = piecesOf(writable, format, options);
  const target = options.output ?? defaultTarget(format);
  if (target === "-") for (const piece of pieces) context.stdout(piece);
  else {
    const name = `sessionflame-sessions${extensionOf(format)}`;
    const path = await writeOutput({ pieces }, target, name, context, inputsOf(options));
    say(`${collectionWords(writable.index).join("\n")}\n`);
    context.stdout(`${path}\n`);
    if (options.open) openInBrowser(path);
  }
  // What fails above can be tried again without standing in the summary twice.
  if (summaryPath !== null) await appendStepSummary(renderCollectionMarkdown(writable.index), summaryPath, say);
}

function piecesOf({ index, page, json }: Writable, format: string, { allowLarge }: ReportOptions): Iterable<string> {
  if (format === "json") return json();
  if (format === "markdown") return [renderCollectionMarkdown(index)];
  if (!allowLarge) refuseBytes(bytesOf(page()));
  return page();
}

/** Piece by piece: to make them twice takes less than to hold all of them. */
function bytesOf(pieces: Iterable<string>): Bytes {
  let bytes = 0;
  for (const piece of pieces) bytes += Buffer.byteLength(piece);
  return bytes;
}
