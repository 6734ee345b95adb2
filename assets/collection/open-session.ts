import { startChart } from "../page/chart-places.js";
import { element } from "../page/element.js";
import type { PagePart } from "../page/page-part.js";
import { startPage } from "../page/start-page.js";
import { unpackedText } from "../page/unpack.js";
import type { PackedSession } from "./packed-sessions.js";

/** How long the rest of a session waits for an idle moment. */
const MOST_IDLE_MS = 100;

/** The report of one session in the page: its Overview first, the rest once that is painted. */
export class OpenSession implements PagePart {
  readonly root = element("div", { id: "open-session" });
  readonly name: string;
  readonly #leaving = new AbortController();
  readonly #index: HTMLElement;

  constructor(name: string, sessions: ReadonlyMap<string, PackedSession>, index: HTMLElement) {
    this.name = name;
    this.#index = index;
    this.root.append(ways(name, [...sessions.keys()]));
    // Its own links lead nowhere yet: without it the first click could leave the session.
    this.root.addEventListener("click", (event) => {
      if (!this.#isReady && !(event.target as Element).closest(".ways")) event.preventDefault();
    });
    void this.#open(sessions.get(name) as PackedSession);
  }

  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Takes all of it out of the page again, and every listener with it. */
  leave(): void {
    this.#leaving.abort();
    this.root.remove();
    document.body.classList.remove("tabbed");
  }

  #isReady = false;

  async #open({ top, rest, report }: PackedSession): Promise<void> {
    // A link into a session shows what it leads to, and nothing before it.
    const isDeep = location.hash.startsWith(`#${this.name}/`);
    if (!(await this.#add(top))) return;
    if (!isDeep) {
      this.#show();
      await idle();
    }
    if (!(await this.#add(rest))) return;
    if (isDeep) this.#show();
    const store = startPage(this);
    this.#isReady = true;
    await idle();
    if (!this.signal.aborted) await startChart(store, this, report);
  }

  /** Unfolds a part; false where the session was left meanwhile, or the part is damaged. */
  async #add(block: Element): Promise<boolean> {
    const markup = await unpackedText(block.textContent ?? "").catch(() => null);
    if (this.signal.aborted) return false;
    const template = document.createElement("template");
    // Safe: the page's own templates made this markup and escaped every text in it, as they did the rest of the page; and
    // the page's policy runs no script but this one, by its hash.
    template.innerHTML = markup ?? '<p class="empty">This session’s part of the page is damaged.</p>';
    this.root.append(template.content);
    if (markup === null) this.#show();
    return markup !== null;
  }

  #show(): void {
    this.#index.hidden = true;
    this.#index.after(this.root);
    const title = this.root.querySelector("h1");
    document.title = `${title?.textContent ?? this.name} · Sessionflame`;
    scrollTo({ top: 0 });
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
  }
}

/** The ways out: to all sessions, and to those before and after. */
function ways(name: string, names: readonly string[]): HTMLElement {
  const at = names.indexOf(name);
  const way = (to: string | undefined, label: string) =>
    to === undefined ? [] : [element("a", { href: `#${to}` }, label)];
  return element(
    "p",
    { class: "ways" },
    ...way("all-sessions", "← All sessions"),
    ...way(names[at - 1], "Newer"),
    ...way(names[at + 1], "Older"),
  );
}

/** Once what is there is painted and nobody waits: a click that came meanwhile goes first. */
function idle(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      if ("requestIdleCallback" in globalThis) requestIdleCallback(() => done(), { timeout: MOST_IDLE_MS });
      else setTimeout(done);
    });
  });
}
