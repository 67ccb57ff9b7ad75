/** Charts as SVG, drawn by hand: no script, and colours from the page, so that they follow light and dark. */

export interface Series {
  readonly name: string;
  /** Of the page's style: `present` or `changed`. */
  readonly look: string;
  readonly values: readonly number[];
}

const WIDTH = 900;
const HEIGHT = 240;
const LEFT = 64;
const BOTTOM = 24;
const TOP = 10;

/** Lines over time. `at` names the points; `words` says a value of the axis. */
export function lineChart(
  title: string,
  at: readonly string[],
  series: readonly Series[],
  words: (value: number) => string,
): string {
  const most = Math.max(...series.flatMap(({ values }) => values), 1e-9);
  const x = (n: number): number => LEFT + (n * (WIDTH - LEFT - 8)) / Math.max(1, at.length - 1);
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const line = `<line class="grid" x1="${LEFT}" x2="${WIDTH - 8}" y1="${round(y(part * most))}" y2="${round(y(part * most))}"/>`;
    return `${line}<text x="${LEFT - 6}" y="${round(y(part * most) + 4)}" text-anchor="end">${escaped(words(part * most))}</text>`;
  });
  const each = Math.max(1, Math.ceil(at.length / 8));
  const names = at.map((name, n) =>
    n % each === 0
      ? `<text x="${round(x(n))}" y="${HEIGHT - 6}" text-anchor="middle">${escaped(name)}</text>`
      : '',
  );
  const lines = series.map(({ look, values }) => {
    const points = values.map((value, n) => `${round(x(n))},${round(y(value))}`).join(' ');
    return `<polyline class="${look}" points="${points}"/>`;
  });
  return figure(title, series, `${grid.join('')}${names.join('')}${lines.join('')}`, HEIGHT);
}

const BAR = 14;

/** Bars beside each other for each of `names`, one for each of the series. */
export function barChart(
  title: string,
  names: readonly string[],
  series: readonly Series[],
  words: (value: number) => string,
): string {
  const most = Math.max(...series.flatMap(({ values }) => values), 1e-9);
  const group = BAR * series.length + 12;
  const left = 180;
  const bars = names.map((name, n) => {
    const label = `<text x="${left - 8}" y="${n * group + group / 2}" text-anchor="end">${escaped(name)}</text>`;
    const each = series.map(({ look, values }, s) => {
      const value = values[n] ?? 0;
      const top = n * group + s * BAR;
      const width = round((value / most) * (WIDTH - left - 110));
      const bar = `<rect class="${look}" x="${left}" y="${top}" width="${width}" height="${BAR - 3}"/>`;
      return `${bar}<text x="${left + width + 6}" y="${top + BAR - 4}">${escaped(words(value))}</text>`;
    });
    return label + each.join('');
  });
  return figure(title, series, bars.join(''), names.length * group);
}

function figure(title: string, series: readonly Series[], inside: string, height: number): string {
  const legend = series.map(({ name, look }) => `<span class="${look}">${escaped(name)}</span>`);
  const svg = `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${inside}</svg>`;
  return `<figure><figcaption>${escaped(title)} ${legend.join(' ')}</figcaption>${svg}</figure>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that may stand in HTML, between tags and in quotes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
