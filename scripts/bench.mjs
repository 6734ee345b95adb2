// `npm run bench`: what has a budget, or the parts that are named. `-- suite` is what the README has a table of: the stages
// at several sizes, a year's database beside other programs, a page of several sessions; `--write` puts it there. `--quick`
// is what CI has time for: of the stages how they grow, of the database our memory and what one session of many costs.
const BUDGETED = ["process", "page", "recorder"];
const SUITE = ["stages", "database", "sessions-page"];
const named = [...BUDGETED, "places", ...SUITE].filter((part) => process.argv.includes(part));
const parts = process.argv.includes("suite") ? SUITE : named;
const quick = process.argv.includes("--quick") ? { stages: "growth" } : {};

for (const part of parts.length > 0 ? parts : BUDGETED) await import(`./bench/${quick[part] ?? part}.mjs`);
if (process.argv.includes("--write")) (await import("./bench/readme-table.mjs")).writeTables(SUITE);
