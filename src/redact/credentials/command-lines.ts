import type { CredentialFinding } from "./finding.js";

/** To the end of one command, not into the next. */
const ON = String.raw`[^\n|;&]{0,200}?`;
/** A value, without the quotes around it. What is looked up begins with a sign. */
const VALUE = String.raw`["']?(?![$<{])([^\s"']{4,})`;

/** Programs that are given a password in a way of their own. */
const FORMS: readonly RegExp[] = [
  String.raw`\b(?:docker|podman|helm|skopeo|oras|az|oc)\b${ON}\blogin\b${ON}\s(?:-p|--password)[= ]?${VALUE}`,
  String.raw`\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\b${ON}\s-p${VALUE}`,
  String.raw`\bsshpass\s+-p\s*${VALUE}`,
  String.raw`\bredis-cli\b${ON}\s(?:-a|--pass)[= ]\s*${VALUE}`,
  String.raw`\b(?:curl|wget|http|https)\b${ON}\s(?:-u|--user)[= ]?["']?[^\s:"']{1,80}:${VALUE}`,
  String.raw`-pass(?:in|out)?\s+pass:${VALUE}`,
  String.raw`\becho\s+(?:-n\s+)?${VALUE}["']?\s*\|[^\n|;]{0,80}(?:--password-stdin|\bsudo\b[^\n|;]{0,20}-S\b)`,
  String.raw`\baws\s+configure\s+set\s+\S*(?:secret|token|key)\S*\s+${VALUE}`,
].map((form) => new RegExp(form, "dg"));

/** Passwords and tokens on command lines. */
export function commandLineFindings(text: string): CredentialFinding[] {
  return FORMS.flatMap((form) => [...text.matchAll(form)]).flatMap(({ indices }) => {
    const place = indices?.[1];
    return place ? [{ from: place[0], to: place[1], kind: "password or key" }] : [];
  });
}
