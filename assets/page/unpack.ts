/** The text of a block that stands in the page gzipped, in base64. Rejects where the browser cannot, or the page is damaged. */
export async function unpackedText(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
