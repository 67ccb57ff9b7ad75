/** Reads what a preview of another policy goes by. Nothing is locked and nothing is written. */
import { setImmediate } from 'node:timers/promises';
import { isOpen } from '../../core/hours/calendar';
import { calendarOf } from '../../core/hours/queue-hours';
import { AppError } from '../../core/errors';
import type { Candidate } from '../../core/routing/candidate';
import { policyChanges, type FieldChange } from '../../core/routing/policy-changes';
import {
  previewLine,
  type InLine,
  type LinePolicy,
  type PreviewInput,
  type Previewed,
} from '../../core/routing/preview';
import { NO_WISHES } from '../../core/routing/wishes';
import { MEMBERS, toCandidate, type Membership } from './candidates';
import type { Database } from '../client';
import { handledToday } from './handled-today';
import type { AgentFacts } from '../agents/locked-agent';
import { readCalendars } from '../queues/queue-hours';
import { readQueue, type Queue, type QueueFields } from '../queues/queues';

/** How much of a line a preview looks at. */
const LOOKED_AT = 1_000;

export interface QueuePreview {
  /** The present version, to which the edit would be made. */
  readonly version: number;
  readonly changes: readonly FieldChange[];
  /** Whether the queue would be open now. */
  readonly open: boolean;
  readonly delivery: LinePolicy['delivery'];
  /** The first of the line, in the order that it would have. */
  readonly line: readonly Previewed[];
  /** True where more stand in line than were looked at. */
  readonly more: boolean;
}

/**
 * What an edit of these fields would do to those who wait in the queue's line now.
 * @throws AppError NOT_FOUND, QUEUE_ARCHIVED, QUEUE_NEEDS_CALENDAR
 */
export async function previewQueue(
  db: Database,
  id: string,
  fields: QueueFields,
): Promise<QueuePreview> {
  const before = await readQueue(db, id);
  if (before.archived) throw new AppError('QUEUE_ARCHIVED', { queueId: id });
  const after = edited(before, fields);
  const [{ open, now }, line] = await Promise.all([opens(db, before, after), lineOf(db, id)]);
  const looked = line.slice(0, LOOKED_AT);
  const kinds = [...new Set(looked.map(({ kind }) => kind))];
  const { candidates, skills } = await candidatesByKind(db, after, kinds);
  return {
    version: before.version,
    changes: policyChanges(before, after),
    ...{ open, delivery: after.delivery },
    line: await inTurns(
      previewLine({ line: looked, before, after, open, candidates, skills, now }),
    ),
    more: line.length > LOOKED_AT,
  };
}

/** How many are worked out before whatever else waits in this process has its turn. */
const IN_A_ROW = 25;

async function inTurns<T>(all: Iterable<T>): Promise<T[]> {
  const done: T[] = [];
  for (const one of all) {
    if (done.push(one) % IN_A_ROW === 0) await setImmediate();
  }
  return done;
}

/** The queue as an edit would leave it. */
function edited(queue: Queue, { settings, ...fields }: QueueFields): Queue {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const after = {
    ...queue,
    ...(Object.fromEntries(given) as Partial<Queue>),
    settings: { ...queue.settings, ...settings },
  };
  return after.hoursMode === 'own' ? after : { ...after, calendarId: null };
}

async function opens(
  db: Database,
  before: Queue,
  after: Queue,
): Promise<{ open: boolean; now: number }> {
  const [clock] = await db.query<{ now: Date }>('SELECT app_now() AS now');
  const now = clock?.now.getTime() ?? 0;
  const { hoursMode: mode, calendarId } = after;
  if (mode === before.hoursMode && calendarId === before.calendarId)
    return { open: before.open, now };
  if (mode === 'own' && calendarId === null) throw new AppError('QUEUE_NEEDS_CALENDAR');
  const calendars = await readCalendars(db, [calendarId]);
  const own = calendars.find((calendar) => calendar.id === calendarId) ?? null;
  if (mode === 'own' && !own) throw new AppError('NOT_FOUND', { calendarId });
  const global = calendars.find(({ isGlobal }) => isGlobal) ?? null;
  const calendar = calendarOf(mode, own, global);
  return { open: calendar === null || isOpen(calendar, now), now };
}

/** Those who stand in line, first in line first; one more than is looked at. An index probe a kind. */
async function lineOf(db: Database, queueId: string): Promise<InLine[]> {
  const most = LOOKED_AT + 1;
  const rows = await db.query<
    Omit<InLine, 'number' | 'queuedSince' | 'wishes'> & {
      number: string;
      queuedSince: Date;
      required: string[];
      preferred: string[];
      relaxed: boolean;
      preferredAgentId: string | null;
      kept: boolean;
    }
  >(
    `SELECT l.* FROM (SELECT DISTINCT kind FROM channel) k
      CROSS JOIN LATERAL (
        SELECT c.id, c.number, c.channel_kind AS kind, c.claim_no AS "claimNo", c.excluded, c.priority,
               c.queued_since AS "queuedSince", c.front, c.urgent, c.line, c.required_skills AS required,
               c.preferred_skills AS preferred, c.relaxed, c.preferred_agent_id AS "preferredAgentId",
               c.preferred_until IS NOT NULL AS kept, c.order_key
          FROM conversation c
         WHERE c.queue_id = $1 AND c.channel_kind = k.kind AND c.status = 'open' AND c.placement = 'queued'
           AND c.queued_since IS NOT NULL
         ORDER BY c.order_key, c.id LIMIT ${most}) l
      ORDER BY l.order_key, l.id LIMIT ${most}`,
    [queueId],
  );
  return rows.map((row) => ({
    ...row,
    number: Number(row.number),
    queuedSince: row.queuedSince.getTime(),
    wishes: {
      skills: { required: row.required, preferred: row.preferred },
      relaxed: row.relaxed,
      preferredAgentId: row.preferredAgentId,
      kept: row.kept,
    },
  }));
}

async function candidatesByKind(
  db: Database,
  queue: Queue,
  kinds: readonly string[],
): Promise<Pick<PreviewInput, 'candidates' | 'skills'>> {
  const members = await db.query<AgentFacts & Membership>(MEMBERS, [queue.id]);
  const handled = await handledToday(
    db,
    queue,
    members.map(({ id }) => id),
  );
  const unitOverrides = queue.settings.unitOverrides ?? {};
  const ofKind = (kind: string): Candidate[] =>
    members.map((member) => ({
      ...toCandidate(member, { queueId: queue.id, kind, unitOverrides, wishes: NO_WISHES }, member),
      handledToday: handled.get(member.id) ?? 0,
    }));
  return {
    candidates: new Map(kinds.map((kind) => [kind, ofKind(kind)])),
    skills: new Map(members.map(({ id, skills }) => [id, skills])),
  };
}
