import { gunzipSync } from "node:zlib";

/** Everything that a page holds: its own text, and what is packed in it. */
export function inflated(html: string): string {
  const packed = [...html.matchAll(/[>"]([A-Za-z0-9+/=\s]{64,})[<"]/g)].map(([, base64 = ""]) =>
    Buffer.from(base64, "base64"),
  );
  const texts = packed
    .filter((bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b)
    .map((bytes) => gunzipSync(bytes).toString());
  return [html, ...texts].join("\n");
}
