import { z } from 'zod';
import { endpoint } from '../endpoint';
import { instant, line } from '../shapes';

const REFUSALS = ['UNAUTHENTICATED', 'ORIGIN_REFUSED'] as const;
const tag = 'visitor';
const access = 'visitor' as const;

/** Whether anybody is there to answer. */
export const staffing = {
  open: z.boolean().meta({
    description: 'Within opening hours. Outside them a page may ask to leave a message.',
  }),
  opensAt: instant.nullable().meta({ description: 'The next opening, while it is closed.' }),
  staffed: z.boolean().meta({
    description: 'True while somebody is there who answers this queue, busy or not.',
  }),
};

export const getVisitorPlace = endpoint({
  id: 'getVisitorPlace',
  method: 'get',
  path: '/visitor/place',
  tag,
  summary: 'Whether anybody is there, and how many go before the visitor',
  description: 'Nothing is told when it changes: ask every few seconds while it is shown.',
  response: z.object({
    ...staffing,
    inLine: z.boolean().meta({ description: 'True while a conversation waits for an agent.' }),
    position: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: 'From 1; null where there is none, and beyond 99.' }),
  }),
  errors: REFUSALS,
  access,
});

const pageUrl = z
  .url({ protocol: /^https?$/, message: 'must be an http or https address' })
  .max(2000);

export const tellVisitorPage = endpoint({
  id: 'tellVisitorPage',
  method: 'post',
  path: '/visitor/page',
  tag,
  summary: 'Say on which page of the website the visitor is',
  description:
    'Kept only where the channel wants it, and only for visitors who have written or left their name. What stands ' +
    'behind `?` and `#` is dropped.',
  body: z.strictObject({ url: pageUrl, title: line(200).or(z.literal('')).default('') }),
  errors: [...REFUSALS, 'RATE_LIMITED'],
  access,
  // Said twice it is said once.
  idempotent: true,
});

export const visitorPlaceEndpoints = [getVisitorPlace, tellVisitorPage];
