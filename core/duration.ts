const UNITS: readonly [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** A duration (ms) as people say it, in its two largest units: `2 h 5 min`, `20 s`, `350 ms`. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const words: string[] = [];
  let left = Math.round(ms / 1000) * 1000;
  for (const [size, name] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    // The second word is of the very next unit: "1 d 3 s" would pretend an exactness that nobody wants.
    if (words.length === 1) return count > 0 ? `${words[0]} ${count} ${name}` : String(words[0]);
    if (count > 0) words.push(`${count} ${name}`);
  }
  return String(words[0]);
}
