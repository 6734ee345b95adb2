// The table of rules and thresholds, as the README has it. `--write` puts it there.
import { readFileSync, writeFileSync } from "node:fs";
import { imported } from "./imported.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
const { RULES } = await imported("src/analyze/rules/index.ts");
const { THRESHOLDS } = await imported("src/analyze/thresholds.ts");
const OTHERS = {
  "slowest-operations": "remarks in the table of slowest operations",
  "any-rule": "every suggestion that claims to save something",
};

const rows = Object.entries(THRESHOLDS).map(([id, own]) => {
  const said = RULES.find((rule) => rule.id === id)?.title ?? OTHERS[id];
  const values = Object.entries(own).map(([name, { value, why }]) => `\`${name}\` ${grouped(value)} (${why})`);
  return `| \`${id}\` | ${said} | ${values.join("<br>")} |`;
});
const table = ["| rule | what it suggests | thresholds, and why |", "|---|---|---|", ...rows].join("\n");
if (process.argv.includes("--write")) {
  const marked = /(<!-- thresholds -->\n)[\s\S]*(\n<!-- \/thresholds -->)/;
  writeFileSync(
    "README.md",
    readFileSync("README.md", "utf8").replace(marked, (_, start, end) => start + table + end),
  );
} else console.log(table);

function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
