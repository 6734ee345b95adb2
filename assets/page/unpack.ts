/** The text of a block that stands in the page gzipped, in base64. Rejects where the browser cannot, or the page is damaged. */
export async function unpackedText(base64: string): Promise<string> {
  const packed = bytesOf(atob(base64));
  // One piece: a blob is read in small ones, each by way of another process, which takes five times as long.
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(pieces) {
      pieces.enqueue(packed);
      pieces.close();
    },
  });
  const pieces = source.pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

/** Of a text of which each character is a byte. A loop: to call a function for each takes half as long as to inflate them. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
