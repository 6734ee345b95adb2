import type { DataTable } from "./data-table.js";
import type { Remark } from "./remarks.js";
import type { Tile } from "./tiles.js";

/** A part of a section for the template `panel`: its heading, figures, a picture, tables. Strings throughout. */
export interface PanelView {
  /** Links lead there. */
  readonly id: string;
  readonly heading: string;
  /** Beside the heading: what is to be known first. */
  readonly hint: string;
  readonly tiles: readonly Tile[];
  /** `svg` is markup. */
  readonly picture: {
    readonly svg: string;
    readonly label: string;
    readonly legend: readonly { readonly swatch: string; readonly label: string }[];
  } | null;
  readonly tables: readonly PanelTable[];
  /** What the tables do not say by themselves, a paragraph each. */
  readonly foot: readonly string[];
  readonly remarks: readonly Remark[];
}

/** A table in a panel; without a heading where it is what the panel is about. */
export interface PanelTable {
  readonly heading: string;
  readonly table: DataTable;
  /** In a part that can be opened and closed, and is open as long as it is short. */
  readonly isMore?: boolean;
}

/** A panel with what it does not have left empty. */
export function panelView(
  given: Pick<PanelView, "id" | "heading" | "hint" | "tables"> & Partial<PanelView>,
): PanelView {
  return { tiles: [], picture: null, remarks: [], ...given, foot: (given.foot ?? []).filter(Boolean) };
}
