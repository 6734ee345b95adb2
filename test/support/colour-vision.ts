type Triple = readonly [number, number, number];

/**
 * What eyes without one kind of cone see, in linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and
 * Computer Graphics 15(6), 2009; the matrices of severity 1.0.
 */
const VISIONS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly [Triple, Triple, Triple]>;

export type Vision = keyof typeof VISIONS;

export const ALL_VISIONS = Object.keys(VISIONS) as Vision[];

/** The contrast of two colours (`#rgb` or `#rrggbb`) by WCAG 2, as somebody with this vision sees them. */
export function contrast(a: string, b: string, vision: Vision): number {
  const [dark = 0, light = 0] = [luminance(a, vision), luminance(b, vision)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** The contrast for whom it is the least. */
export function leastContrast(a: string, b: string): number {
  return Math.min(...ALL_VISIONS.map((vision) => contrast(a, b, vision)));
}

function luminance(colour: string, vision: Vision): number {
  const seen = VISIONS[vision].map((row) => Math.min(1, Math.max(0, product(row, linearRgb(colour)))));
  return product([0.2126, 0.7152, 0.0722], seen as unknown as Triple);
}

function product(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function linearRgb(colour: string): Triple {
  const digits = colour.length === 4 ? colour.slice(1).replace(/./g, "$&$&") : colour.slice(1);
  const channel = (at: number) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(2), channel(4)];
}
