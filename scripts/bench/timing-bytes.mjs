import { gunzipSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { dataText } from "./bytes.mjs";

/** What the times of a Report's spans take in a page: gzipped and in base64, without names, texts and ids. */
export async function timingBytes(report) {
  const { encodedReport } = await codec();
  const spans = report.spans.map(timing);
  const time = { modelCalls: [], toolCalls: [], criticalPath: [] };
  const text = encodedReport({ session: report.session, spans, time, tokens: { byMessage: [], composition: [] } });
  return Math.ceil(gzipSync(text, { level: 9 }).length / 3) * 4;
}

/** The Report that stands in a page. */
export async function reportIn(html) {
  const { decodedReport } = await codec();
  return decodedReport(gunzipSync(Buffer.from(dataText(html), "base64")).toString());
}

function timing({ parent, kind, startMs, endMs, selfMs, state, status, basis }) {
  return { parent, kind, startMs, endMs, selfMs, state, status, basis };
}

async function codec() {
  const options = { entryPoints: ["src/report/codec.ts"], bundle: true, format: "esm", write: false };
  const { outputFiles } = await build(options);
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
