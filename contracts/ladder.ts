import { z } from 'zod';
import { customerText } from './customer-text';
import { uuid } from './shapes';

const afterMs = z
  .int()
  .min(1000)
  .max(30 * 24 * 3600 * 1000)
  .meta({ description: 'Open time in the line of this queue, milliseconds.' });

const step = z.discriminatedUnion('do', [
  z.strictObject({ afterMs, do: z.literal('overflow'), queueId: uuid }),
  z.strictObject({ afterMs, do: z.literal('widen') }),
  z.strictObject({ afterMs, do: z.literal('notify') }),
  z.strictObject({ afterMs, do: z.literal('text'), text: customerText }),
  z.strictObject({ afterMs, do: z.literal('close'), text: customerText.nullable().optional() }),
]);

/** What is done, step by step, for whoever waits longer and longer. */
export const ladderShape = z
  .array(step)
  .max(20)
  .refine(
    (steps) =>
      steps.every(({ afterMs }, at) => at === 0 || (steps[at - 1]?.afterMs ?? 0) < afterMs),
    'each step must come later than the one before',
  )
  .refine(
    (steps) => steps.slice(0, -1).every((each) => each.do !== 'close'),
    'nothing comes after closing',
  )
  .readonly()
  .meta({
    description:
      'Steps for long waits: `overflow` to another queue with its age, `widen` to agents without the skills, `notify` ' +
      'the supervisors, `text` to the customer, `close`.',
  });
