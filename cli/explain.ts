import { Command } from 'commander';
import { tellEvent, tellRefusal } from '../core/conversation/timeline';
import { durationInWords } from '../core/duration';
import { workload } from '../core/capacity/units';
import { candidateInWords, explainReceipt, waitInWords, type Names } from '../core/routing/explain';
import { whyWaiting } from '../core/routing/why-waiting';
import { versionKey } from '../db/queues/queue-versions';
import type { RoutingNow } from '../db/routing/routing-now';
import { readStory, type Story } from '../db/conversation/story';
import { temporalPage } from '../platform/temporal-page';
import { conversationWorkflowId } from '../workflows/ids';
import { Failure } from './failure';
import { findPlace, withDatabase } from './place';
import { receiptLines, time } from './receipt-lines';

/** `switchyard explain <conversation>`. */
export const explainCommand = (): Command =>
  new Command('explain')
    .description('say in plain words what happened to a conversation, what runs, and why')
    .argument('<conversation>', 'its id, or its number')
    .option('--text', 'also print what was written')
    .action(async (which: string, options: { text?: true }) => {
      const place = findPlace();
      const story = await withDatabase(place, (db) => readStory(db, which.replace(/^#/, '')));
      if (!story)
        throw new Failure(`There is no conversation ${which}: give its id or its number.`);
      const workflowId = conversationWorkflowId(story.routing.row.id);
      const page = temporalPage(place, workflowId) ?? workflowId;
      console.log(tellStory(story, page, options.text ?? false).join('\n'));
    });

/** The whole answer, a line each. `page` says where its workflow is. */
export function tellStory(story: Story, page: string, withText: boolean): string[] {
  const { routing } = story;
  const { row } = routing;
  const nameOf = (id: string): string => story.names.get(id) ?? id;
  const names: Names = { agent: nameOf, queue: (id) => `"${nameOf(id)}"` };
  const now = row.now.getTime();
  const since = (at: number): string => durationInWords(Math.abs(at - now));
  const sections: [string, string[]][] = [
    ['What happened (times in UTC)', timeline(story, names, withText)],
    ...waiting(routing, names),
    [
      'What runs',
      routing.deadlines.map(({ at, said }) =>
        at > now
          ? `In ${since(at)}: ${said} (${time(new Date(at))}).`
          : `Since ${since(at)} overdue: ${said}.`,
      ),
    ],
    [
      'What waits to be decided',
      story.undecided.map((c) => `${c.name}, given ${since(c.createdAt.getTime())} ago.`),
    ],
    [
      'Why it went where it went',
      [...routing.receipts].reverse().flatMap((receipt) => {
        const since = routing.since.get(versionKey(receipt));
        return receiptLines(receipt.createdAt, explainReceipt(receipt, names, since));
      }),
    ],
  ];
  return [
    `Conversation ${row.number}: ${standing(story, names)}`,
    `Its id is ${row.id}.`,
    `Its workflow: ${page}`,
    ...sections.flatMap(([title, lines]) =>
      lines.length === 0 ? ['', `${title}: nothing.`] : ['', title, ...lines.map((l) => `  ${l}`)],
    ),
  ];
}

function standing({ routing: { row } }: Story, names: Names): string {
  const queue = names.queue(row.queue_id);
  if (row.status !== 'open') {
    const agent = row.owner_id ?? row.last_agent_id;
    const survey = row.survey === 'running' ? ', the customer is asked for a rating' : '';
    const words = { waiting: 'waits for the customer', solved: 'solved', closed: 'closed' };
    return `${words[row.status]}${survey}${agent ? `; its agent is ${names.agent(agent)}` : ''}.`;
  }
  const owner = row.owner_id ? names.agent(row.owner_id) : 'nobody';
  switch (row.placement) {
    case 'assigned':
      return `open, with ${owner}, of the queue ${queue}.`;
    case 'offered':
      return `open, offered to ${owner}, of the queue ${queue}.`;
    case 'bot':
      return 'open, with a bot.';
    default:
      return `open, in the line of ${queue}${row.front ? ', before all others' : ''}.`;
  }
}

/** How many of those who could get it are told one by one. */
const CANDIDATES = 20;

/** A section of its own while it stands in line: its place, why it is nobody's yet, its wait, who could get it. */
function waiting(
  { row, place, candidates }: RoutingNow,
  names: Names,
): [title: string, lines: string[]][] {
  if (!place) return [];
  const front = row.front ? ', before all that have not come back from an agent' : '';
  const priority = row.priority > 0 ? `, with priority ${row.priority}` : '';
  const more = (candidates?.ranked.length ?? 0) - CANDIDATES;
  const lines = [
    `It is number ${place.ahead + 1} in the line of ${names.queue(row.queue_id)}${front}${priority}.`,
    ...(candidates ? [whyWaiting({ ...place, ...candidates }, names)] : []),
    ...(place.opensAt ? [`The queue opens at ${time(new Date(place.opensAt))}.`] : []),
    ...(place.waitMs > 0 ? [`It has waited so far: ${waitInWords(place.waitByCause)}.`] : []),
    ...(candidates?.ranked ?? []).slice(0, CANDIDATES).map(({ candidate: c, passedOver }) => {
      const load = workload(c.usedUnits, c.maxUnits);
      return candidateInWords(names.agent(c.agentId), load, passedOver);
    }),
    ...(more > 0 ? [`Another ${more} agents of the queue come after these.`] : []),
  ];
  return [['Why it still waits', lines]];
}

/** Messages stand after what was there when they came; the second of two equal instants keeps its order. */
function timeline(story: Story, names: Names, withText: boolean): string[] {
  const messages = story.messages.map((m) => {
    const unnamed = m.direction === 'in' ? 'the customer' : 'its agent';
    const author = m.authorId ? names.agent(m.authorId) : unnamed;
    const note = m.direction === 'note' ? ' (a note for colleagues)' : '';
    const fate = m.delivery === 'none' || m.delivery === 'sent' ? '' : `, ${m.delivery}`;
    const text = withText ? `: ${JSON.stringify(m.text)}` : '.';
    return { at: m.createdAt, said: `Message ${m.seq} of ${author}${note}${fate}${text}` };
  });
  const events = story.events.map((e) => ({ at: e.createdAt, said: tellEvent(e, names) }));
  const refusals = story.refused.map((command) => ({
    at: command.decidedAt.toISOString(),
    said: tellRefusal(command),
  }));
  return [...events, ...messages, ...refusals]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ at, said }) => `${time(new Date(at))}  ${said}`);
}
