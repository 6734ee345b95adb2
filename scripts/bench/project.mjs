const FOLDER = "/home/dev/shop";
const AREAS = ["auth", "cart", "catalog", "checkout", "email", "invoices", "orders", "payments", "search", "users"];
const NOUNS = ["client", "cache", "form", "handler", "list", "middleware", "model", "queue", "routes", "session"];
const VERBS = ["Add", "Check", "Explain", "Find", "Fix", "Move", "Read", "Rename", "Simplify", "Test"];
const REASONS = [
  "users are logged out",
  "totals are off by a cent",
  "the list flickers",
  "it is slow with many orders",
];

/** A project that was never written: its files, what is said of them, and text to read in them. */
export function inventedProject(random) {
  const files = AREAS.flatMap((area) => NOUNS.map((noun) => `${FOLDER}/src/${area}/${noun}.ts`));
  const source = Array.from({ length: 900 }, (_, i) => sourceLine(random, i + 1)).join("\n");
  return {
    folder: FOLDER,
    files,
    /** A piece of the source: nobody looks at which. */
    text: (chars) => {
      const start = random.whole(0, Math.max(0, source.length - chars));
      return source.slice(start, start + chars);
    },
    sentence: () => sentence(random),
    prompt: () => Array.from({ length: random.spread(1, 9) }, () => sentence(random)).join(" "),
  };
}

function sentence({ pick, chance }) {
  const asked = `${pick(VERBS)} the ${pick(AREAS)} ${pick(NOUNS)}`;
  return chance(0.5) ? `${asked}, because ${pick(REASONS)}.` : `${asked}.`;
}

function sourceLine({ pick, whole }, number) {
  return `${number}: export const ${pick(NOUNS)}Of${pick(AREAS)} = ${pick(AREAS)}.${pick(NOUNS)}(${whole(1, 999)}); // ${pick(VERBS)}`;
}
