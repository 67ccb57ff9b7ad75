/** What an administrator can set for the widget of a live chat, beside where it may be used. */
import { z } from 'zod';
import { contrast, READABLE } from '../core/colour/contrast';
import { LANGUAGES } from '../core/languages';
import { customerText } from './customer-text';

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #1a56db')
  .toLowerCase();

const bubble = z
  .strictObject({ text: colour, background: colour })
  .refine(({ text, background }) => contrast(text, background) >= READABLE, {
    message: 'the text must stand out from its background by at least 4.5 to 1',
    path: ['text'],
  });

const httpsImage = z
  .url({ protocol: /^https$/, message: 'must be an https address' })
  .max(500)
  // It becomes a source in a header.
  .regex(/^[^\s;,'"<>]+$/, 'must not hold spaces, quotes, commas or semicolons');

const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and _');
const common = { key, required: z.boolean().default(false) };
const label = customerText;

/** One field of a form: three that a customer is known by, and two of the channel's own. */
const formField = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.enum(['name', 'email', 'phone']), label: label.optional() }),
  z.strictObject({ ...common, type: z.literal('text'), label }),
  z.strictObject({
    ...common,
    type: z.literal('select'),
    label,
    options: z.array(customerText).min(1).max(30),
  }),
]);
export type FormField = z.infer<typeof formField>;

const fields = z
  .array(formField)
  .max(12)
  .refine((all) => new Set(all.map((field) => field.key)).size === all.length, {
    message: 'two fields have the same key',
  })
  .refine(
    (all) => {
      const known = all
        .map(({ type }) => type)
        .filter((type) => type !== 'text' && type !== 'select');
      return new Set(known).size === known.length;
    },
    { message: 'name, email and phone can be asked for once only' },
  );

/** Every field has a default; what is not named keeps it. */
export const widgetSettings = {
  languages: z
    .array(z.enum(LANGUAGES))
    .min(1)
    .max(LANGUAGES.length)
    .optional()
    .meta({ description: 'Languages of the widget; the first is for whoever wants none of them.' }),
  position: z.enum(['right', 'left']).optional(),
  colours: z
    .strictObject({ accent: colour, visitor: bubble, agent: bubble })
    .partial()
    .optional()
    .meta({ description: 'Of the button and the head (`accent`), and of messages.' }),
  avatarUrl: httpsImage
    .optional()
    .meta({ description: 'A picture shown in the head and beside messages.' }),
  texts: z
    .strictObject({
      title: customerText.meta({ description: 'Stands in the head of the window.' }),
      introduction: customerText.meta({ description: 'Above the form before a conversation.' }),
      away: customerText.meta({ description: 'Said while nobody is there to answer.' }),
      closed: customerText.meta({ description: 'Said out of hours.' }),
      consent: customerText.meta({ description: 'Under the forms: what becomes of the data.' }),
    })
    .partial()
    .optional(),
  preChat: fields
    .optional()
    .meta({ description: 'What is asked before a conversation; nothing unless set.' }),
  leaveMessage: z.strictObject({ enabled: z.boolean(), fields }).partial().optional().meta({
    description:
      'Whether a message can be left while nobody is there (yes), and what is asked with it (name and e-mail).',
  }),
  sneakPeek: z.boolean().optional().meta({
    description: 'Shows the agent what a visitor types before it is sent. Visitors are told. Off.',
  }),
  pageVisits: z.boolean().optional().meta({
    description: 'Tells agents on which page of the website a visitor is. Off.',
  }),
};
