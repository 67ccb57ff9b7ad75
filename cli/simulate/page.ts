/** The result of a simulation as one page that needs nothing from anywhere. */
import { durationInWords } from '../../core/duration';
import type { Figures, Hour, SimulationResult } from '../../core/simulation/figures';
import { barChart, escaped, lineChart, type Series } from './charts';
import { SHOWN, sideBySide, type Compared, type Shown } from './table';

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2733; --faint: #d5dce4; --ground: #fff; --present: #5b7083; --changed: #0b6bcb; --good: #17733b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ee; --faint: #38434e; --ground: #14191f; --present: #9db0c2; --changed: #5aaeff; --good: #6fd197; --bad: #ff8a80; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 960px; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--faint); text-align: right; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }
.good { color: var(--good); } .bad { color: var(--bad); }
figure { margin: 2rem 0; } figcaption { margin-bottom: .6rem; } svg { width: 100%; height: auto; }
svg text { font-size: 11px; fill: var(--ink); } .grid { stroke: var(--faint); }
polyline { fill: none; stroke-width: 2; } polyline.present { stroke: var(--present); stroke-dasharray: 6 3; } polyline.changed { stroke: var(--changed); }
rect.present { fill: var(--present); } rect.changed { fill: var(--changed); }
figcaption span { border-bottom: 3px solid; margin-left: .8rem; } span.present { border-color: var(--present); } span.changed { border-color: var(--changed); }
`;

/** The page. `about` says in a sentence what was simulated, `zone` how its hours are told. */
export function pageOf(
  about: string,
  present: SimulationResult,
  changed: SimulationResult | null,
  zone: string,
): string {
  const compared = sideBySide(present, changed);
  const hasChanged = changed !== null;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Switchyard: a simulation</title><style>${STYLE}</style></head><body>
<h1>A simulation</h1><p>${escaped(about)}</p>
${compared
  .slice(0, 1)
  .map((queue) => table(queue, hasChanged))
  .join('')}
${charts(present, changed, zone)}
${bars(compared.slice(1), hasChanged)}
${compared
  .slice(1)
  .map((queue) => table(queue, hasChanged))
  .join('')}
</body></html>
`;
}

function table({ name, present, changed }: Compared, hasChanged: boolean): string {
  const rows = SHOWN.map((shown) => {
    const cell = (figures: Figures | null): string =>
      figures ? escaped(shown.words(shown.value(figures))) : '-';
    const second = hasChanged
      ? `<td class="${verdict(shown, present, changed)}">${cell(changed)}</td>`
      : '';
    return `<tr><td>${shown.name}</td><td>${cell(present)}</td>${second}</tr>`;
  });
  const heads = `<th>present</th>${hasChanged ? '<th>changed</th>' : ''}`;
  return `<h2>${escaped(name)}</h2><table><tr><th></th>${heads}</tr>${rows.join('')}</table>`;
}

/** Below this share of the present figure a difference is none. */
const SAME = 0.005;

function verdict(
  { better, value }: Shown,
  present: Figures | null,
  changed: Figures | null,
): string {
  if (!present || !changed || better === 0) return '';
  const [before, after] = [value(present), value(changed)];
  if (Math.abs(after - before) <= SAME * Math.abs(before)) return '';
  return (after - before) * better > 0 ? 'good' : 'bad';
}

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

function charts(present: SimulationResult, changed: SimulationResult | null, zone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    ...(present.hours.length > 48 ? { month: 'short', day: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
  });
  // A transfer may have come to one of them in a later hour than to the other.
  const longer = (changed?.hours.length ?? 0) > present.hours.length ? changed : present;
  const at = (longer ?? present).hours.map((hour) => clock.format(hour.at));
  const series = (value: (hour: Hour) => number): Series[] => [
    { name: 'present', look: 'present', values: present.hours.map(value) },
    ...(changed ? [{ name: 'changed', look: 'changed', values: changed.hours.map(value) }] : []),
  ];
  const inTime = ({ answeredInTime, answered, abandoned, closed }: Hour): number => {
    const ended = answered + abandoned + closed;
    return ended === 0 ? 1 : answeredInTime / ended;
  };
  const [arrived] = series((hour) => hour.arrived);
  return [
    arrived && lineChart('Arrivals an hour', at, [arrived], (value) => value.toFixed(0)),
    lineChart(
      'Mean wait of those who came in the hour',
      at,
      series((hour) => hour.meanWaitMs),
      durationInWords,
    ),
    lineChart('Answered in time, of those who came in the hour', at, series(inTime), percent),
    lineChart(
      'Closed unanswered, of those who came in the hour',
      at,
      series((hour) => hour.closed),
      (value) => value.toFixed(0),
    ),
    lineChart(
      'Gave up, of those who came in the hour',
      at,
      series((hour) => hour.abandoned),
      (value) => value.toFixed(0),
    ),
  ].join('');
}

function bars(compared: readonly Compared[], hasChanged: boolean): string {
  const names = compared.map(({ name }) => name);
  const series = (value: (figures: Figures) => number): Series[] =>
    (['present', 'changed'] as const)
      .filter((look) => look === 'present' || hasChanged)
      .map((look) => ({
        name: look,
        look,
        values: compared.map((each) => (each[look] ? value(each[look]) : 0)),
      }));
  return [
    barChart(
      'Mean wait by queue',
      names,
      series((f) => f.waitMs.mean),
      durationInWords,
    ),
    barChart(
      'Service level by queue',
      names,
      series((f) => f.serviceLevel),
      percent,
    ),
    barChart(
      'Utilisation by queue',
      names,
      series((f) => f.utilisation),
      percent,
    ),
  ].join('');
}
