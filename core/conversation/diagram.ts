import { CLAIM_RULES, COMMAND_RULES } from './states';
import { CLAIMS, COMMANDS } from './types';

/** The state table as a Mermaid diagram and two Markdown tables, for docs/conversation-states.md. */
export function stateDiagram(): string {
  const arrows = new Map<string, string[]>();
  for (const name of COMMANDS) {
    const rule = COMMAND_RULES[name];
    for (const from of rule.from) {
      const to = rule.to === 'same' ? from : rule.to;
      if (name === 'customerMessage' && from === 'closed') continue; // the message moves on, see the text
      const key = `${from} --> ${to}`;
      arrows.set(key, [...(arrows.get(key) ?? []), name]);
    }
  }
  const diagram = [...arrows].map(([arrow, names]) => `  ${arrow}: ${names.join(', ')}`);
  const commands = COMMANDS.map((name) => {
    const { by, from, placement, survey, to } = COMMAND_RULES[name];
    const where = [
      ...(placement ? [placement.join(' or ')] : []),
      ...(survey ? ['survey running'] : []),
    ];
    const when = `${from.join(', ')}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
    return `| \`${name}\` | ${by.join(', ')} | ${when} | ${to} |`;
  });
  const claims = CLAIMS.map(
    (name) => `| \`${name}\` | ${CLAIM_RULES[name].from} | ${CLAIM_RULES[name].to} |`,
  );
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> open: a message of a customer',
    ...diagram,
    '  closed --> [*]',
    '```',
    '',
    '| command | by | allowed when | status after |',
    '| --- | --- | --- | --- |',
    ...commands,
    '',
    '| claim | placement before | placement after |',
    '| --- | --- | --- |',
    ...claims,
  ].join('\n');
}
