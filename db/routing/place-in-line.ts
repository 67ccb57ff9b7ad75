import type { Change } from '../../core/conversation/decide';
import { orderKey } from '../../core/routing/order';
import { lineOf, type Place } from '../../core/routing/place';
import type { QueueSettings } from '../../core/routing/policy';
import { strictSkills, type Skills } from '../../core/routing/skills';
import type { Tx } from '../client';
import { prepared } from '../prepared';
import type { Columns } from '../conversation/write-conversation';

/** By what a place becomes a key and a line. */
export interface InLine {
  readonly queueId: string;
  readonly kind: string;
  readonly weight: number;
  readonly settings: QueueSettings;
  readonly priority: number;
  readonly skills: Skills;
}

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** The columns of a place in line, its line and its stored order in it. */
export function placeColumns(place: Place, among: InLine): Columns {
  return {
    queued_since: instant(place.queuedSince),
    line_since: instant(place.lineSince),
    front: place.front,
    ladder_step: place.ladderStep,
    visited: place.visited,
    relaxed: place.relaxed,
    urgent: place.urgent,
    preferred_agent_id: place.preferredAgentId,
    preferred_until: instant(place.preferredUntil),
    alerted_at: instant(place.alertedAt),
    line: lineOf(place, among.skills),
    order_key: orderKeyOf(place, among),
  };
}

/** The stored order of a place; 0 where it is in no line. */
export function orderKeyOf(place: Place, { weight, settings, priority }: InLine): number {
  if (place.queuedSince === null) return 0;
  return orderKey({
    weight,
    priority,
    agingMinutes: settings.agingMinutes ?? 0,
    queuedSince: place.queuedSince,
    urgent: place.urgent,
    front: place.front,
  });
}

/** What an agent's getting it leaves of its place. */
export const LEFT_LINE: Columns = {
  queued_since: null,
  line_since: null,
  front: false,
  preferred_until: null,
  alerted_at: null,
};

/** What a decided change writes of a place in line; nothing where it does not touch it. */
export async function lineColumns(
  tx: Tx,
  among: InLine,
  change: Change,
  place: Place,
): Promise<Columns> {
  if (change.queuedSince === null) return LEFT_LINE;
  // A place that nothing has changed keeps its key, even if the queue's weight was edited.
  const moving = ['queuedSince', 'front', 'ladderStep', 'relaxed', 'urgent', 'unkept', 'alerted'];
  if (!moving.some((field) => field in change)) return {};
  if (place.queuedSince === null) return { front: place.front };
  await noteLine(tx, place, among);
  return placeColumns(place, among);
}

const NOTE = prepared(
  `INSERT INTO waiting_line (queue_id, kind, line, skills) VALUES ($1, $2, $3, $4)
   ON CONFLICT (queue_id, kind, line) DO NOTHING`,
);

/** Notes a line that asks for skills, so that hand-outs look at its head. In the transaction that puts somebody into it. */
export async function noteLine(tx: Tx, place: Place, among: InLine): Promise<void> {
  const line = lineOf(place, among.skills);
  if (!line.startsWith('skills:')) return;
  const skills = strictSkills(among.skills, place.relaxed);
  await tx.query(NOTE, [among.queueId, among.kind, line, skills]);
}
