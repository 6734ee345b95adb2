import fc from "fast-check";

const words = fc.integer({ min: 0, max: 2000 });
const prompt = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 40_000 }));
const session = fc.constantFrom("", "", "", "sub ");
const file = fc.constantFrom("a.ts", "src/b.ts", "/p/a.ts", "/elsewhere/c.ts");
const tool = fc.oneof(
  fc.tuple(fc.constantFrom("read", "write"), file, words).map(([name, path, size]) => `[${name} ${path} ${size}]`),
  fc
    .tuple(fc.constantFrom("bash", "grep", "srv_ask"), words, fc.option(fc.integer({ min: 0, max: 30_000 })))
    .map(([name, size, pruned]) => `[${name} ${size}${pruned === null ? "" : ` pruned:${pruned}`}]`),
);
const piece = fc.oneof(
  words.map((size) => `text:${size}`),
  words.map((size) => `think:${size}`),
  fc.constantFrom("image:", "image:shot.png", "file:a.ts:90"),
  tool,
);
const pieces = fc.array(piece, { maxLength: 4 }).map((all) => all.join(" "));
const shares = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }));

const call = fc
  .tuple(session, fc.constantFrom("call", "call", "call", "summary"), fc.constantFrom("build", "plan"), pieces)
  .chain(([own, role, agent, content]) =>
    fc
      .tuple(fc.constantFrom("p/m", "p/m", "p/other"), prompt, shares, fc.integer({ min: 0, max: 900 }))
      .map(
        ([model, tokens, [read, wrote], reasoned]) =>
          `${own}${role} ${agent} ${model} prompt:${tokens} cached:${Math.floor((tokens * read) / 100)} ` +
          `wrote:${Math.floor((tokens * wrote) / 100)} reasoned:${reasoned} out:20 cost:0.01 ${content}`,
      ),
  );
const line = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(session, pieces).map(([own, content]) => `${own}user ${content}`) },
  { weight: 5, arbitrary: call },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }).map((kept) => `compact from:m${kept}`) },
);

/** Sessions as drawn in context-text.ts: prompts of any size beside what they hold, in no order that makes sense. */
export const messageLines: fc.Arbitrary<string> = fc.array(line, { maxLength: 20 }).map((all) => all.join("\n"));
