/** Numbers that look random and are the same for the same seed on every machine (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from, to) => from + Math.floor(share() * (to - from + 1));
  return {
    share,
    whole,
    chance: (probability) => share() < probability,
    pick: (list) => list[whole(0, list.length - 1)],
    /** Half of them below the median, most within a few times of it, some far above: as durations and lengths are. */
    spread: (median, most) => Math.min(most, Math.max(1, Math.round(median * 12 ** (share() + share() - 1)))),
  };
}
