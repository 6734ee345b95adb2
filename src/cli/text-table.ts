import { withoutLogCommands } from "../report/log-commands.js";

/** Rows as lines whose columns stand under each other. Empty rows stay empty lines. No line is a command to a CI. */
export function textTable(rows: readonly (readonly string[])[], isRightAligned: (column: number) => boolean): string {
  const columns = largest(rows.map((cells) => cells.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    largest(rows.map((cells) => (cells[column] ?? "").length)),
  );
  const padded = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return isRightAligned(column) ? text.padStart(width) : text.padEnd(width);
  };
  const lines = rows.map((cells) => cells.map(padded).join("  ").trimEnd());
  return `${withoutLogCommands(lines.join("\n")).replaceAll("\u00a0", " ")}\n`;
}

function largest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}
