import type { ContentPart } from "../model/session.js";
import { filePath } from "./file-path.js";

/** Gives every file one name in all the messages of a session: relative to its folder where it lies in it. */
export class FileNames {
  readonly #directory: string;
  readonly #names = new Map<string, string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The content with every path as the name of its file. */
  named(content: readonly ContentPart[]): ContentPart[] {
    return content.map((part) => {
      if (part.kind === "tool-call") return { ...part, paths: part.paths.map((path) => this.name(path)) };
      if (part.kind === "file") return { ...part, path: this.name(part.path) };
      if (part.kind === "tool-result" || part.kind === "media")
        return { ...part, path: part.path === null ? null : this.name(part.path) };
      return part;
    });
  }

  /** The name of one file. */
  name(path: string): string {
    const { key, shown } = filePath(path, this.#directory);
    const name = this.#names.get(key) ?? shown;
    this.#names.set(key, name);
    return name;
  }
}
