// Each of these runs in the page, so each is whole in itself.

/** What each element says itself, without what its children say. */
export function ownTexts(elements: (Element | Node)[]): string[] {
  return elements
    .flatMap((element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3))
    .map(({ textContent }) => (textContent ?? "").trim())
    .filter((text) => text !== "");
}

/** The labels on bars that can be seen, and which of them are wider than their bar. */
export function labelsOnBars(): { readonly text: string; readonly isBeyond: boolean }[] {
  const { document } = globalThis;
  // In the picture without a script, a bar and its label are a group.
  const still = [...document.querySelectorAll("svg.flame:not(.live) g:has(> text)")].flatMap((group) => {
    const text = group.querySelector("text");
    const bar = group.querySelector("rect, path");
    if (!text || !bar || !text.checkVisibility()) return [];
    const isBeyond = text.getBoundingClientRect().right > bar.getBoundingClientRect().right;
    return [{ text: text.textContent ?? "", isBeyond }];
  });
  // In the interactive chart, all bars of one colour are one path.
  const live = [...document.querySelectorAll("svg.live")].flatMap((svg) => {
    const bars = [...svg.querySelectorAll("g > path")].flatMap((path) =>
      [...(path.getAttribute("d") ?? "").matchAll(/M(\S+) (\S+)h([\d.]+)v([\d.]+)h/g)].map((found) => {
        const [x = 0, y = 0, width = 0, height = 0] = found.slice(1).map(Number);
        return { x, y, right: x + width, bottom: y + height };
      }),
    );
    return [...svg.querySelectorAll<SVGTextElement>('text[class^="on-"]')].flatMap((text) => {
      if (!text.checkVisibility()) return [];
      const { x, y, width, height } = text.getBBox();
      const middle = y + height / 2;
      const bar = bars.find((one) => one.x <= x && x <= one.right && one.y <= middle && middle <= one.bottom);
      return [{ text: text.textContent ?? "", isBeyond: !bar || x + width > bar.right }];
    });
  });
  return [...still, ...live];
}

/** Every colour that a bar or a pattern is filled with, once. */
export function coloursOfBars(): string[] {
  const bars = [...globalThis.document.querySelectorAll("svg.flame:not(.live) g > :is(rect, path), pattern")];
  const fills = bars.map((bar) => getComputedStyle(bar).fill).filter((fill) => !fill.startsWith("url"));
  return [...new Set(fills)].sort();
}

/** Texts whose contrast with what is behind them is under 4.5. */
export function textsOfLowContrast(): string[] {
  type Colour = readonly number[];
  const { document } = globalThis;
  const channels = (color: string): Colour => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: Colour) => {
    const [red = 0, green = 0, blue = 0] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: Colour, b: Colour) => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  /** The nearest ground that is not transparent. */
  const paperOf = (element: Element): Colour => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const page = paperOf(document.body);
  /** A bar that is dimmed lets the page shine through. */
  const papersOf = (bar: Element, hasHalo: boolean): Colour[] => {
    const id = /^url\("#(.+)"\)/.exec(getComputedStyle(bar).fill)?.[1];
    const { fill, stroke } = getComputedStyle((id && document.getElementById(id)) || bar);
    const opacity = Number(getComputedStyle(bar).fillOpacity);
    // A pattern's strokes lie beneath the label too, unless it has a halo.
    return (id && !hasHalo ? [fill, stroke] : [fill]).map((color) =>
      channels(color).map((value, i) => value * opacity + (page[i] ?? 0) * (1 - opacity)),
    );
  };
  const onBar = (text: Element, bar: Element) => {
    const { fill: ink, stroke: halo } = getComputedStyle(text);
    return papersOf(bar, halo !== "none").map((paper) => ({ text, ink: channels(ink), paper }));
  };
  const onStillBars = [...document.querySelectorAll("svg.flame:not(.live) g:has(> text), svg.ledger g")].flatMap(
    (group) => {
      const text = group.querySelector("text");
      const bar = group.querySelector("rect, path");
      return text && bar ? onBar(text, bar) : [];
    },
  );
  const onLiveBars = [...document.querySelectorAll('svg.live text[class^="on-"]')].flatMap((text) => {
    const name = text.classList[0]?.slice("on-".length);
    const bars = name === "page" ? "path.dim" : `path.${name}:not(.dim)`;
    return [...(text.closest("svg")?.querySelectorAll(bars) ?? [])].flatMap((bar) => onBar(text, bar));
  });
  const words =
    "h1, h2, h3, p, dt, dd, small, th, td, li, a, em, button, label, summary, kbd, pre, input[type='search'], select, .table-tools span, svg .tick, svg .file, svg .limit-label, svg .event-label";
  const onPage = [...document.querySelectorAll(words)].map((text) => {
    const style = getComputedStyle(text);
    return { text, ink: channels(text instanceof SVGElement ? style.fill : style.color), paper: paperOf(text) };
  });
  return [...onStillBars, ...onLiveBars, ...onPage]
    .filter(({ ink, paper }) => contrast(ink, paper) < 4.5)
    .map(({ text }) => `${text.textContent}`.slice(0, 60));
}

/** Where the bar is that a link led to, what covers the top of the page, and how its line stands out from what is around it. */
export function markOfTarget(): {
  readonly top: number;
  readonly bottom: number;
  readonly covers: number;
  readonly width: number;
  /** Of the line with the page, and with the line around it. */
  readonly contrasts: readonly number[];
} {
  const { document } = globalThis;
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const target = document.querySelector(":target");
  const bar = target?.querySelector("rect, path") ?? (target as Element);
  const { stroke, strokeWidth, outlineColor, outlineStyle } = getComputedStyle(bar);
  const { top, bottom } = bar.getBoundingClientRect();
  const covers = document.querySelector("nav")?.getBoundingClientRect().bottom ?? 0;
  const around = outlineStyle === "solid" ? [outlineColor] : [];
  const page = getComputedStyle(document.body).backgroundColor;
  return {
    ...{ top, bottom, covers, width: Number.parseFloat(strokeWidth) },
    contrasts: [page, ...around].map((other) => contrast(stroke, other)),
  };
}
