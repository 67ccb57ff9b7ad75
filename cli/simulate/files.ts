/** The files that `switchyard simulate` reads: their shapes, and what is said where one is not right. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { customerText } from '../../contracts/customer-text';
import { skillList } from '../../contracts/skills';
import { CHANNEL_KINDS } from '../../core/channel-kinds';
import { Failure, reasonOf } from '../failure';

const kind = z.enum(CHANNEL_KINDS);
const ms = z.number().min(0);
const queue = z.string().min(1);
const units = z.partialRecord(kind, z.int().min(0));
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const zone = z.string().refine(isZone, 'is no time zone').default('UTC');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is no HH:MM');

const duration = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), meanMs: ms }),
  z.strictObject({ kind: z.literal('exponential'), meanMs: ms }),
  z.strictObject({ kind: z.literal('lognormal'), meanMs: ms, spread: ms }),
]);

const share = z.number().min(0).max(1);
const manners = z
  .strictObject({
    accept: share.default(1),
    reject: share.default(0),
    answer: duration.default({ kind: 'exponential', meanMs: 5_000 }),
    pausedMs: ms.default(300_000),
  })
  .refine(({ accept, reject }) => accept + reject <= 1, 'accept and reject are more than all');

/** Where a file says nothing: every offer is accepted, after some seconds. */
const somehow = {
  accept: 1,
  reject: 0,
  answer: { kind: 'exponential', meanMs: 5_000 },
  pausedMs: 300_000,
} as const;

const step = z.discriminatedUnion('do', [
  // The id of a queue, or its name.
  z.strictObject({ afterMs: ms, do: z.literal('overflow'), queueId: queue }),
  z.strictObject({ afterMs: ms, do: z.literal('widen') }),
  z.strictObject({ afterMs: ms, do: z.literal('notify') }),
  z.strictObject({ afterMs: ms, do: z.literal('text'), text: customerText.default({ text: '-' }) }),
  z.strictObject({ afterMs: ms, do: z.literal('close'), text: customerText.nullable().optional() }),
]);

const ladder = z
  .array(step)
  .refine(
    (steps) => steps.every(({ afterMs }, n) => n === 0 || (steps[n - 1]?.afterMs ?? 0) < afterMs),
    'each step must come later than the one before',
  );

const calendar = z.strictObject({
  zone,
  intervals: z.array(z.strictObject({ weekday: z.int().min(1).max(7), from: clock, to: clock })),
  closedDates: z
    .array(
      z.strictObject({
        description: z.string().default(''),
        from: z.iso.datetime({ local: true }),
        to: z.iso.datetime({ local: true }),
      }),
    )
    .default([]),
});

const settings = z
  .strictObject({
    offerMs: ms,
    roundPauseMs: ms,
    missedOffersToPause: z.int().min(0),
    agingMinutes: z.int().min(0),
    maxPerAgent: z.int().min(1).nullable(),
    unitOverrides: units,
    waitingFactor: share,
    ladder,
    relaxSkillsMs: ms.nullable(),
    returning: z
      .strictObject({ mode: z.enum(['prefer', 'wait', 'off']), waitMs: ms, days: z.int().min(1) })
      .partial(),
    hours: z.looseObject({ atClosing: z.enum(['keepWaiting', 'notifyAndClose']).optional() }),
  })
  .partial()
  // The database's queues have settings that a simulation has no use for.
  .catchall(z.unknown());

const queueFields = z.strictObject({
  id: z.string().min(1).optional(),
  name: z.string().min(1),
  delivery: z.enum(['auto', 'offer', 'manual']).optional(),
  eligibility: z.string().optional(),
  distribution: z.string().optional(),
  weight: z.int().min(0).max(10).optional(),
  settings: settings.optional(),
  hours: calendar.nullable().optional(),
  targetMs: ms.optional(),
});

const member = z.union([
  queue.transform((name) => ({ queue: name })),
  z.strictObject({
    queue,
    penalty: z.int().min(0).max(100).optional(),
    position: z.int().min(0).optional(),
  }),
]);

const agentFields = z.strictObject({
  id: z.string().min(1).optional(),
  name: z.string().min(1),
  count: z.int().min(0).max(100_000).optional(),
  kinds: z.array(kind).optional(),
  maxUnits: z.int().min(0).optional(),
  unitOverrides: units.optional(),
  mostOfKinds: units.optional(),
  skills: skillList.optional(),
  queues: z.array(member),
  shifts: z
    .array(
      z.strictObject({ days: z.array(z.int().min(1).max(7)).optional(), from: clock, to: clock }),
    )
    .nullable()
    .optional(),
});

const plan = z.strictObject({ queues: z.array(queueFields), agents: z.array(agentFields) });
const remove = z.boolean().optional();
const change = z.strictObject({
  queues: z.array(queueFields.partial().extend({ remove })).optional(),
  agents: z.array(agentFields.partial().extend({ remove })).optional(),
});

const generator = z.strictObject({
  from: instant,
  until: instant,
  zone,
  streams: z.array(
    z.strictObject({
      queue,
      kind,
      priority: z.int().min(0).max(10).default(0),
      perHour: z.array(z.number().min(0)).length(24),
      perWeekday: z.array(z.number().min(0)).length(7).default([1, 1, 1, 1, 1, 1, 1]),
      handling: duration,
      patience: duration.nullable().default(null),
      transfer: z.strictObject({ share, queue, handling: duration }).nullable().default(null),
      waiting: z.strictObject({ share, time: duration }).nullable().default(null),
      skills: z
        .array(
          z.strictObject({
            share,
            required: skillList.default([]),
            preferred: skillList.default([]),
          }),
        )
        .refine((asked) => asked.reduce((all, one) => all + one.share, 0) <= 1 + 1e-9, {
          error: 'the shares are more than all',
        })
        .default([]),
      returning: share.default(0),
    }),
  ),
  manners: manners.default(somehow),
});

const arrivals = z.strictObject({
  from: instant,
  until: instant,
  zone,
  manners: manners.default(somehow),
  conversations: z.array(
    z.strictObject({
      at: instant,
      queue,
      kind,
      priority: z.int().min(0).max(10).default(0),
      waitedMs: ms.nullable(),
      handlingMs: ms.nullable(),
      waitingMs: ms.default(0),
      requiredSkills: skillList.default([]),
      preferredSkills: skillList.default([]),
      customer: z.string().nullable().default(null),
      gaveUpMs: ms.nullable(),
    }),
  ),
});
/** What `export-arrivals` writes. */
export type ArrivalsFile = z.input<typeof arrivals>;

export const readPlan = (file: string) => read(file, plan);
export const readChange = (file: string) => read(file, change);
export const readGenerator = (file: string) => read(file, generator);
export const readArrivals = (file: string) => read(file, arrivals);

/** @throws Failure that says what is wrong, and where */
function read<T extends z.ZodType>(file: string, shape: T): z.output<T> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${reasonOf(error)}`);
  }
  const result = shape.safeParse(content);
  if (result.success) return result.data;
  throw new Failure(`${file} is not right:\n${z.prettifyError(result.error)}`);
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
