import { lstatSync, mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { visibleLine } from "../report/visible.js";
import { EXIT, Failure } from "./failure.js";
import { isNewConfig, newConfig, withEntry, withoutEntry } from "./plugin-entry.js";
import type { ConfigFile, PluginPlace } from "./plugin-place.js";
import { replaceFile } from "./replace-file.js";

/** What became of a file. */
export interface FileChange {
  readonly path: string;
  readonly change: "made" | "changed" | "unchanged" | "removed" | "not-there";
}

export interface PluginChanges {
  readonly plugin: FileChange;
  readonly configs: readonly FileChange[];
}

/** Puts the recorder in place: its file, then its entry. Where the entry cannot be written, the file goes again. */
export function installed(place: PluginPlace, plugin: Buffer): PluginChanges {
  const { path, text: before } = place.configs[0] ?? { path: place.newConfig, text: null };
  const spec = place.spec(path);
  const text = before === null ? newConfig(spec) : (withEntry(before, spec) ?? before);
  const had = bytesIfThere(place.plugin);
  const takeBack = had?.equals(plugin) ? () => {} : written(place.plugin, plugin);
  try {
    if (text !== before) written(path, text);
  } catch (error) {
    if (had === null) takeBack();
    else written(place.plugin, had);
    throw error;
  }
  return {
    plugin: { path: place.plugin, change: changeOf(had === null, had?.equals(plugin)) },
    configs: [{ path, change: changeOf(before === null, text === before) }],
  };
}

function changeOf(isNew: boolean, isSame: boolean | undefined): FileChange["change"] {
  return isNew ? "made" : isSame ? "unchanged" : "changed";
}

/**
 * Takes the recorder out: its entries first, so that no config names a file that is gone; last its folder, and the one
 * that this may have been made in, if they are empty now.
 */
export function removed({ plugin, folder, configs }: PluginPlace): PluginChanges {
  const changes = configs.filter((config) => config.hasEntry).map(withoutPlugin);
  const isThere = bytesIfThere(plugin) !== null;
  if (isThere) orUnwritable(plugin, () => rmSync(plugin));
  if (removedEmpty(dirname(plugin))) removedEmpty(folder);
  return { plugin: { path: plugin, change: isThere ? "removed" : "not-there" }, configs: changes };
}

function withoutPlugin({ path, text }: ConfigFile): FileChange {
  if (isNewConfig(text) && lstatSync(path).isFile()) {
    orUnwritable(path, () => rmSync(path));
    return { path, change: "removed" };
  }
  written(path, withoutEntry(text) ?? text);
  return { path, change: "changed" };
}

/** Writes a file, and what folders it needs; a link is followed. Returns what removes all of that again. */
function written(path: string, content: string | Buffer): () => void {
  return orUnwritable(path, () => {
    const firstMade = mkdirSync(dirname(path), { recursive: true });
    const takeBack = () => {
      rmSync(path, { force: true });
      for (let folder = dirname(path); firstMade && folder.startsWith(firstMade); folder = dirname(folder))
        removedEmpty(folder);
    };
    try {
      replaceFile(bytesIfThere(path) === null ? path : realpathSync(path), content);
    } catch (error) {
      if (firstMade) takeBack();
      throw error;
    }
    return takeBack;
  });
}

function orUnwritable<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const fact = visibleLine(`cannot write ${path}: ${code ?? message}`);
    throw new Failure(EXIT.unwritable, fact, "Check the permissions of the file and its folder.", { cause: error });
  }
}

function bytesIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Whether a folder was there, empty, and is gone. One that holds something stays, and so does a link. */
function removedEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
