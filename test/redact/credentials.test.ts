import { describe, expect, test } from "vitest";
import { callExcerpts } from "../../src/load/call-excerpts.js";
import { oneLine } from "../../src/load/text-facts.js";
import { findCredentials } from "../../src/redact/credentials/find.js";
import { CREDENTIAL_FORMS, leaked, madeCredential } from "../support/credentials.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";

const drawn = sessionFromText("session 0..9\n  turn 0..9\n    model 0..5 first 1\n    bash 5..9");

/** A text as it leaves redaction. */
function cleaned(text: string): string {
  return redacted({ ...drawn, title: text }, "none").title;
}

describe.each(Object.keys(CREDENTIAL_FORMS))("%s", (form) => {
  test.each(["", "the ", "const key = '", "(", "see "])("is replaced behind %j", (before) => {
    const credential = madeCredential(form, before.length);
    const shown = cleaned(`${before}${credential.text} and so on`);
    expect(shown).toContain("[credential]");
    expect(leaked(credential, shown)).toBe("");
    expect(shown).toMatch(/and so on$/);
  });

  test("leaves no piece of it where the first words of a text are cut in it", () => {
    const credential = madeCredential(form, 7);
    for (let before = 0; before < 160; before++) {
      const shown = cleaned(oneLine(`${"x ".repeat(before / 2)}${credential.text} and more words to follow`));
      expect([before, leaked(credential, shown)]).toEqual([before, ""]);
    }
  });

  test("leaves no piece of it where an argument or a line of an output is cut in it", () => {
    const credential = madeCredential(form, 11);
    for (let before = 0; before < 160; before += 3) {
      const long = `${"word ".repeat(before / 5)}${credential.text} ${"and more ".repeat(20)}`;
      const { input, output } = callExcerpts({ content: long }, [`first\n${long}\nlast`]);
      for (const text of [input, output]) expect([before, leaked(credential, cleaned(text))]).toEqual([before, ""]);
    }
  });
});

test.each([
  "const token = getToken(request2)",
  "max_tokens=4096000 and 12345678 tokens",
  "password: process.env.DB_PASSWORD1, secret = config.auth2.secret",
  "tokenizer: o200k_base",
  "git commit -m 'mend the token test'",
  "3c2f0c9d1e8b4a7f6d5e4c3b2a190807f6e5d4c3",
  "src/auth/token-store2.test.ts:12",
  "https://example.org/a/b?page=2",
  "ses_e0667ccf2ffe3Gn1EHXjL0UEND",
  "sha512-abc in package-lock.json",
  "CACHE_KEY=node-modules-v2 and PRIMARY_KEY=user_id",
  "MAX_TOKEN=128000, PASSWORD_MIN_LENGTH=12345678",
  "docker run -u 1000:1000 img && chown -u www-data:www-data a",
  'fetch(url, { credentials: "same-origin" })',
  "SyntaxError: Unexpected token: punc2uator",
  "secretName: my-app-secret-1",
  'apiKey: "YOUR_API_KEY_HERE", password: "********"',
  "password: string; token?: string",
  "data.google_secret_manager and secret_manager_secret_version_of_ours, key-value-pairs-of-all-kinds",
])("%j holds no credential", (text) => {
  expect(cleaned(text)).toBe(text);
});

test("a password in an element is one, whatever is said of the element", () => {
  expect(cleaned("invalid <password>Xc0IIRXkchZM</password>")).toBe("invalid <password>[credential]</password>");
});

test("a comment that tells a scanner to look away does not tell this one", () => {
  const { text } = madeCredential("GitHub token", 3);
  expect(cleaned(`// secretlint-disable\nconst a = "${text}"\n// secretlint-enable`)).toContain('"[credential]"');
});

test("what was found is counted by kind, each credential once", () => {
  const [token, other] = [madeCredential("GitHub token", 1).text, madeCredential("GitHub token", 2).text];
  const title = `${token} ${token} ${other} ${madeCredential("Stripe key", 1).text}`;
  expect(redacted({ ...drawn, title, directory: `/srv/${token}` }, "none").redaction).toEqual({
    level: "none",
    credentials: [
      { kind: "GitHub token", count: 2 },
      { kind: "Stripe key", count: 1 },
    ],
  });
});

test("what is a credential in one place is one wherever it stands", () => {
  expect(cleaned("API_KEY=zq81kf02mvx9 then ran: tool zq81kf02mvx9")).toBe(
    "API_KEY=[credential] then ran: tool [credential]",
  );
});

test.each([
  ['"password": "hunter2"', '"password": "[credential]"'],
  ['KEY_PASSPHRASE="correct horse battery staple"', 'KEY_PASSPHRASE="[credential]"'],
  ["db_password=correcthorse", "db_password=[credential]"],
  [
    "A=1\n… 22 lines …\n12: MIIEpAIBAAKCAQEAqqqqqqqqqqqqqqqqqqqqqqqq\n-----END RSA PRIVATE KEY-----\nB",
    "A=1\n… 22 lines …\n[credential]\nB",
  ],
  ["key = 'MIIEpAIBAAKCAQEA1qqqqqqqqqqq\\n-----END EC PRIVATE KEY-----'", "key = '[credential]'"],
  ["the password is S3cretPass99.", "the password is [credential]"],
])("%j becomes %j", (text, shown) => {
  expect(cleaned(text)).toBe(shown);
});

test("ids with credentials in them stay different from each other", () => {
  const ids = [1, 2].map((seed) => `call-${madeCredential("npm token", seed).text}`);
  const twice = sessionFromText("session 0..9\n  turn 0..9\n    bash 0..5\n    bash 5..9");
  let call = 0;
  const spans = twice.spans.map((span) => (span.kind === "tool" ? { ...span, callId: ids[call++] as string } : span));
  const shown = redacted({ ...twice, spans }, "none").spans.flatMap((span) =>
    span.kind === "tool" ? [span.callId] : [],
  );
  expect(shown).toEqual(["id-1", "id-2"]);
});

test("a private key without its end does not hide what other texts say", () => {
  const title = "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA";
  const session = redacted(
    { ...drawn, title, directory: "/srv/app", notes: [{ kind: "info", text: "A note." }] },
    "none",
  );
  expect([session.title, session.directory, session.notes[0]?.text]).toEqual(["[credential]", "/srv/app", "A note."]);
});

test("a text of a megabyte is looked through in linear time", () => {
  for (const piece of ["a", "ab1", "a=", "://", "token=", "-----BEGIN PRIVATE KEY-----", "eyJ", ":", "x…"]) {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(findCredentials(text).every(({ from, to }) => from < to && to <= text.length)).toBe(true);
  }
});
