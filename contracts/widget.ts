/** How the widget of a live chat looks and speaks, in one visitor's language. */
import { z } from 'zod';
import { LANGUAGES } from '../core/languages';

const bubble = z.object({ text: z.string(), background: z.string() });
const words = z.string().nullable();

const shownField = z.object({
  key: z.string(),
  type: z.enum(['name', 'email', 'phone', 'text', 'select']),
  label: words.meta({ description: 'Null where the widget has words of its own.' }),
  required: z.boolean(),
  options: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .meta({ description: 'Of a select: what is shown, and what is to be sent.' }),
});
export type ShownField = z.infer<typeof shownField>;

/** What a page needs before anybody opens the widget. */
export const launcherShape = z.object({
  language: z.enum(LANGUAGES),
  position: z.enum(['right', 'left']),
  accent: z.string(),
  onAccent: z.string(),
});
export type Launcher = z.infer<typeof launcherShape>;

export const widgetShape = launcherShape
  .extend({
    languages: z.array(z.enum(LANGUAGES)),
    visitor: bubble.nullable(),
    agent: bubble.nullable(),
    avatarUrl: z.string().nullable(),
    texts: z.object({
      title: words,
      introduction: words,
      away: words,
      closed: words,
      consent: words,
    }),
    preChat: z.array(shownField),
    leaveMessage: z
      .array(shownField)
      .nullable()
      .meta({ description: 'Null where no message can be left while nobody is there.' }),
    sneakPeek: z.boolean(),
    pageVisits: z.boolean(),
  })
  .meta({ id: 'Widget' });
export type Widget = z.infer<typeof widgetShape>;
