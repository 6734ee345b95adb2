import { type ParseError, parse } from "jsonc-parser";

/** What JSON with comments and trailing commas says; undefined where the text is none. An empty text says nothing: {}. */
export function parsedJsonc(text: string): unknown {
  if (text.trim() === "") return {};
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? value : undefined;
  } catch {
    return undefined; // nested deeper than the stack
  }
}
