import type { Session, ToolSpan } from "../model/session.js";
import { programName } from "../report/program-name.js";
import { isBuiltIn, isShell, mcpServerOf } from "../report/tool-names.js";
import { type ChangeText, mapTexts, type TextRole } from "./map-texts.js";
import { PathPseudonyms } from "./path-pseudonyms.js";
import type { Pseudonyms } from "./pseudonyms.js";
import { isPublicAgent, isPublicProvider, isRandomId } from "./public-names.js";
import { fileTarget, withRenamedCalls } from "./rename-calls.js";

/** Whether a model is in a public list, `provider/model`. */
export type IsListedModel = (model: string) => boolean;

/**
 * Pseudonyms stand for the names of files and folders, commands, agents, skills, tools and servers of one's own, models
 * that are in no public list, and ids that somebody may have chosen: the same name is the same pseudonym everywhere.
 * What is public keeps its name: the agents and tools that come with OpenCode, listed models. `pseudonyms`: those that
 * were given already, which are added to.
 */
export function withPseudonyms(session: Session, isListed: IsListedModel, pseudonyms: Pseudonyms): Session {
  const names = new Names(session, isListed, pseudonyms);
  const renamed = withRenamedCalls(session, (call) => names.ofCall(call));
  return mapTexts(renamed, (text, role) => names.of(text, role));
}

class Names {
  readonly #pseudonyms: Pseudonyms;
  readonly #paths: PathPseudonyms;
  readonly #servers: readonly string[] | null;
  readonly #isListed: IsListedModel;

  constructor(session: Session, isListed: IsListedModel, pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
    this.#paths = new PathPseudonyms(pathsOf(session), pseudonyms);
    this.#servers = session.local?.mcpServers ?? null;
    this.#isListed = isListed;
  }

  ofCall(call: ToolSpan): { readonly tool: string; readonly target: string } {
    return { tool: this.#tool(call.tool), target: this.#target(call) };
  }

  of(text: string, role: TextRole): string {
    switch (role) {
      case "path":
        return this.#paths.of(text);
      case "agent":
        return isPublicAgent(text) ? text : this.#pseudonyms.of("agent", text);
      case "skill":
        return this.#pseudonyms.of("skill", text);
      case "tool":
        return this.#tool(text);
      case "server":
        return this.#pseudonyms.of("server", text);
      case "model":
        return this.#model(text);
      case "label":
        return isBuiltIn(text) ? text : this.#pseudonyms.of("label", text);
      case "version":
        return this.#version(text);
      case "note":
        return text.replace(PATH_IN_WORDS, (path) => this.#paths.of(path));
      case "id":
        return isRandomId(text) ? text : this.#pseudonyms.of("id", text);
      case "title":
      case "words":
      case "error":
      case "target":
      case "arguments":
      case "output":
        return text;
    }
  }

  /** `server-1_tool-2` for a tool of a server, so that it is still known which tools are of one. */
  #tool(tool: string): string {
    if (isBuiltIn(tool)) return tool;
    const server = mcpServerOf(tool, this.#servers)?.server;
    const own = this.#pseudonyms.of("tool", tool);
    return server === undefined ? own : `${this.#pseudonyms.of("server", server)}_${own}`;
  }

  #target({ tool, target, files }: ToolSpan): string {
    const [first, ...others] = files.map(({ path }) => this.#paths.of(path));
    if (first !== undefined) return fileTarget([first, ...others]);
    if (isShell(tool)) return this.#command(target);
    return tool === "skill" ? this.#pseudonyms.of("skill", target) : target;
  }

  /** `program-1 command-2`, so that it is still known which commands are of one program. */
  #command(line: string): string {
    if (line === "") return "";
    return `${this.#pseudonyms.of("program", programName(line))} ${this.#pseudonyms.of("command", line)}`;
  }

  #model(model: string): string {
    const [provider = "", ...rest] = model.split("/");
    if (rest.length === 0)
      return model === "model" || model === "unknown model" ? model : this.#pseudonyms.of("model", model);
    const shownProvider = isPublicProvider(provider) ? provider : this.#pseudonyms.of("provider", provider);
    return `${shownProvider}/${this.#isListed(model) ? rest.join("/") : this.#pseudonyms.of("model", rest.join("/"))}`;
  }

  /** A preview release is called after the branch that it was built from. */
  #version(version: string): string {
    const [release] = /^\d+(?:\.\d+)*/.exec(version) ?? [""];
    const suffix = version.slice(release.length);
    return suffix === "" ? release : `${release}-${this.#pseudonyms.of("branch", suffix)}`;
  }
}

/** In our own words: `~/app/opencode.json`. */
const PATH_IN_WORDS = /(?<![\w.])(?:~|[A-Za-z]:|\.{1,2}|…)?(?:[\\/][^\s\\/:,;"'`()]+)+/g;

function pathsOf(session: Session): string[] {
  const paths: string[] = [`${session.directory}/file`];
  const collect: ChangeText = (text, role) => {
    if (role === "path") paths.push(text);
    return text;
  };
  mapTexts(session, collect);
  return paths;
}
