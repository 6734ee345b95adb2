import { followHash } from "./row-links.js";
import { enhanced } from "./tables/enhance.js";

// The page is whole without this script: it only adds to what is there.
const tables = [...document.querySelectorAll<HTMLTableElement>("table[data-table]")].flatMap(
  (table) => enhanced(table) ?? [],
);
const follow = () => void followHash(tables, location.hash);
addEventListener("hashchange", follow);
follow();
