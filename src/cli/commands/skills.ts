import type { SkillsOverview } from "../../model/skills-overview.js";
import { Pseudonyms } from "../../redact/pseudonyms.js";
import { renderSkillsPage } from "../../render/skills-page.js";
import { overviewScope, unusedRemark } from "../../report/skills-words.js";
import { visibleLine } from "../../report/visible.js";
import type { Context } from "../context.js";
import { EXIT, Failure } from "../failure.js";
import { namedSource } from "../named-source.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { writeOutput } from "../output.js";
import { readPageAssets } from "../package-files.js";
import { type OverviewOptions, skillsOfSession, skillsOfStore } from "../skills-overview.js";
import { skillsText } from "../skills-text.js";

export interface SkillsOptions extends SourceOptions, OverviewOptions {
  readonly format: "text" | "json" | "html";
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

/** `sessionflame skills`: which skills were used, how often, and what came of them: of one session, or of all that are chosen. */
export async function skillsCommand(
  selector: string | undefined,
  options: SkillsOptions,
  context: Context,
): Promise<void> {
  const say = options.quiet ? () => {} : context.stderr;
  const shared = { ...options, pseudonyms: new Pseudonyms() };
  const overview = await overviewFor(selector, shared, context, say);
  const format = options.json ? "json" : options.format;
  const target = options.output ?? (format === "html" ? "." : "-");
  const text = TEXT_OF[format](overview);
  if (target === "-") context.stdout(text);
  else {
    const name = `sessionflame-skills.${EXTENSIONS[format]}`;
    context.stdout(`${await writeOutput(text, target, name, context, [options.telemetry, options.recording])}\n`);
  }
  if (format === "text") say(wordsOn(overview));
}

const TEXT_OF: Readonly<Record<SkillsOptions["format"], (overview: SkillsOverview) => string>> = {
  text: skillsText,
  json: (overview) => `${JSON.stringify(overview)}\n`,
  html: (overview) => renderSkillsPage(overview, readPageAssets()),
};
const EXTENSIONS = { text: "txt", json: "json", html: "html" } as const;

/** A path alone means every session in it. */
function overviewFor(
  selector: string | undefined,
  options: SkillsOptions,
  context: Context,
  say: Context["stderr"],
): Promise<SkillsOverview> {
  const named = selector === undefined ? null : namedSource(selector, options, context);
  if (!named || named.isPath)
    return withStore(named?.store ?? openNamedStore(options, context), (store) =>
      skillsOfStore(store, options, context, say),
    );
  const filter = options.days !== undefined ? "--days" : options.project !== undefined ? "--project" : null;
  if (filter !== null)
    throw new Failure(EXIT.usage, `a session and ${filter}`, `Leave ${filter} away, or name no session.`);
  return withStore(named.store, (store) => skillsOfSession(store, named.wanted, options, context));
}

function wordsOn(overview: SkillsOverview): string {
  const used = overview.skills.some(({ uses }) => uses > 0);
  const scope = visibleLine(`${used ? "" : "No skill was used. "}Looked at: ${overviewScope(overview)}.`);
  const remark = unusedRemark(overview);
  return `${scope}\n${remark === "" ? "" : `${remark}\n`}`;
}
