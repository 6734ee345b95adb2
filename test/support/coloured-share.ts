import type { Browser } from "playwright-core";

/** How much of a picture, as a browser shot it (PNG), has a colour: neither white nor black nor grey. */
export async function colouredShare(browser: Browser, png: Buffer): Promise<number> {
  const page = await browser.newPage();
  const share = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      const channels = [data[i], data[i + 1], data[i + 2]] as [number, number, number];
      if (Math.max(...channels) - Math.min(...channels) > 30) coloured++;
    }
    return coloured / (data.length / 4);
  }, png.toString("base64"));
  await page.close();
  return share;
}
