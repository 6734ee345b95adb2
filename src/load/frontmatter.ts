import { parse } from "yaml";
import { type Fields, isFields } from "../report/fields.js";

/** The YAML between the `---` lines that a Markdown file begins with; nothing where there is none, or it is not readable. */
export function frontmatter(text: string): Fields {
  const [, yaml] = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (yaml === undefined) return {};
  try {
    // Aliases could make a small file large.
    const value: unknown = parse(yaml, { maxAliasCount: 0, logLevel: "error" });
    return isFields(value) ? value : {};
  } catch {
    return plainLines(yaml);
  }
}

/** People write `description: Use it when: always`, which is no YAML; agents read it all the same. */
function plainLines(yaml: string): Fields {
  const pairs = yaml.split("\n").flatMap((line) => {
    const [, key, value] = /^(\w+):[ \t]+([^\s[{&*|>"'].*)$/.exec(line.trimEnd()) ?? [];
    return key === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(pairs);
}
