// `npm run bench`: both parts, or with `-- process` or `-- page` one of them.
const PARTS = ["process", "page"];
const named = PARTS.filter((part) => process.argv.includes(part));

for (const part of named.length > 0 ? named : PARTS) await import(`./bench/${part}.mjs`);
