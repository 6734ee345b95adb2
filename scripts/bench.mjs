// `npm run bench`: what has a budget, or the parts that are named: `-- process`, `-- page`, `-- places`, `-- recorder`.
const BUDGETED = ["process", "page"];
const named = [...BUDGETED, "places", "recorder"].filter((part) => process.argv.includes(part));

for (const part of named.length > 0 ? named : BUDGETED) await import(`./bench/${part}.mjs`);
