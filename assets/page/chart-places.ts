import { LiveChart } from "../chart/live-chart.js";
import { type PagePart, WHOLE_PAGE } from "./page-part.js";
import { reportData } from "./report-data.js";
import type { Store } from "./store.js";

/**
 * Puts the interactive chart where the picture without a script stands, and into the Timeline: one chart, which goes
 * where it is looked at. Where it cannot be made, the picture stays.
 */
export async function startChart(
  store: Store,
  { signal }: PagePart = WHOLE_PAGE,
  data: Element | null = document.getElementById("report-data"),
): Promise<void> {
  const still = document.querySelector<HTMLElement>("#overview .still");
  const heading = document.getElementById("timeline-title");
  const legend = document.querySelector<HTMLElement>("#overview .still + .legend");
  const report = still && heading && legend && (await reportData(data));
  if (!report || signal.aborted) return;
  // The picture keeps its own, for paper.
  const chart = new LiveChart(report, store, legend.cloneNode(true) as HTMLElement, signal);
  const place = () => {
    if (store.state.tab === "timeline") chart.mount(heading);
    if (store.state.tab === "overview") chart.mount(still);
  };
  for (const element of [still, legend]) element.hidden = true;
  for (const other of document.querySelectorAll<HTMLElement>(".true-scale")) other.hidden = true;
  store.onChange((state, before) => {
    if (state.tab !== before.tab) place();
    if (state.span !== before.span) markRows(state.span);
  });
  place();
  markRows(store.state.span);
  // Rows come and go as a table is filtered and unpacked.
  const changes = new MutationObserver(() => markRows(store.state.span));
  for (const body of document.querySelectorAll("table[data-table] tbody")) changes.observe(body, { childList: true });
  signal.addEventListener("abort", () => changes.disconnect());
  followSpanLinks(store, chart, signal);
}

/** A link to a span selects it in the chart: in the Overview's where that is looked at, else in the Timeline's. */
function followSpanLinks(store: Store, chart: LiveChart, signal: AbortSignal): void {
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#s"]');
    const span = link && spanOf(link);
    if (span === null || Number.isNaN(span) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const tab = store.state.tab === "overview" ? "overview" : "timeline";
    if (tab !== store.state.tab) scrollTo({ top: 0 });
    store.update({ tab, row: "", picture: "chart", span, node: null, zoom: null }, true);
    chart.focus();
  };
  document.addEventListener("click", follow, { signal });
}

/** Rows of which the link leads to the selected span. */
function markRows(span: number | null): void {
  for (const row of document.querySelectorAll("tr.of-span")) row.classList.remove("of-span");
  if (span === null) return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('td a[href^="#s"]'))
    if (spanOf(link) === span) link.closest("tr")?.classList.add("of-span");
}

/** The link's own target is the nearest bar that is drawn without a script. */
function spanOf({ dataset, hash }: HTMLAnchorElement): number {
  return Number(dataset.s ?? hash.slice(2));
}
