import { listed } from "../../report/format.js";

const MOST = 5;

/** `a, b and c`; of many the first ones and how many more there are. */
export function listedFew(parts: readonly string[], most = MOST): string {
  return parts.length <= most ? listed(parts) : listed([...parts.slice(0, most), `${parts.length - most} more`]);
}
