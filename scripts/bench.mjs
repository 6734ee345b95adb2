// `npm run bench`: what has a budget, or the parts that are named: `-- process`, `-- page`, `-- recorder`, `-- places`.
const BUDGETED = ["process", "page", "recorder"];
const named = [...BUDGETED, "places"].filter((part) => process.argv.includes(part));

for (const part of named.length > 0 ? named : BUDGETED) await import(`./bench/${part}.mjs`);
