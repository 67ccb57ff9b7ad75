import type { z } from 'zod';
import { liveChatSettings } from '../contracts/channel-settings';
import type { Launcher, ShownField, Widget } from '../contracts/widget';
import type { FormField } from '../contracts/widget-settings';
import { textOn } from '../core/colour/contrast';
import { wordsIn, type CustomerText } from '../core/customer-text';
import { LANGUAGES, languageFor, type Language } from '../core/languages';
import { AppError } from '../core/errors';

type Settings = z.output<typeof liveChatSettings>;
/** As stored: what an older version wrote may lack what is new, and nothing else. */
type Stored = Readonly<Record<string, unknown>>;

const ACCENT = '#1f4fd8';

/** Asked where a message can be left and nothing else is set: without an address nobody could answer. */
const TO_LEAVE_A_MESSAGE: readonly FormField[] = [
  { key: 'name', type: 'name', required: false },
  { key: 'email', type: 'email', required: true },
];

/** A live chat's settings, read. */
export const settingsOfLiveChat = (stored: Stored): Settings => liveChatSettings.parse(stored);

/** The widget's language for somebody who wants these, in the order of their wishes. */
export function languageOf(settings: Settings, wanted: readonly string[]): Language {
  const [first, ...others] = settings.languages ?? LANGUAGES;
  return languageFor(wanted, [first ?? 'en', ...others]);
}

/** What stands first in a conversation. */
export function welcomeIn(settings: Settings, language: string): string | null {
  const { welcome } = settings;
  return wordsIn(typeof welcome === 'string' ? { text: welcome } : (welcome ?? null), language);
}

/** What a page needs to draw the button. */
export function launcherOf(settings: Settings, language: Language): Launcher {
  const accent = settings.colours?.accent ?? ACCENT;
  const position = settings.position ?? 'right';
  return { language, position, accent, onAccent: textOn(accent) };
}

/** How the widget looks and speaks, in this language. */
export function widgetOf(settings: Settings, language: Language): Widget {
  const { texts = {}, colours = {}, leaveMessage = {} } = settings;
  const say = (text: CustomerText | undefined): string | null => wordsIn(text ?? null, language);
  const shown = (field: FormField): ShownField => ({
    key: field.key,
    type: field.type,
    required: field.required,
    label: say(field.label),
    options:
      field.type === 'select'
        ? field.options.map((option) => ({ value: option.text, label: say(option) ?? option.text }))
        : [],
  });
  const asked = leaveMessage.fields ?? TO_LEAVE_A_MESSAGE;
  return {
    ...launcherOf(settings, language),
    languages: settings.languages ?? [...LANGUAGES],
    visitor: colours.visitor ?? null,
    agent: colours.agent ?? null,
    avatarUrl: settings.avatarUrl ?? null,
    texts: {
      title: say(texts.title),
      introduction: say(texts.introduction),
      away: say(texts.away),
      closed: say(texts.closed),
      consent: say(texts.consent),
    },
    preChat: (settings.preChat ?? []).map(shown),
    leaveMessage: leaveMessage.enabled === false ? null : asked.map(shown),
    sneakPeek: settings.sneakPeek ?? false,
    pageVisits: settings.pageVisits ?? false,
  };
}

/** An answer of a form, with the question as agents read it. */
export interface FormAnswer {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/**
 * What was answered to the channel's own questions.
 * @throws AppError INVALID_REQUEST for an answer to no question, and for one that is not among its options
 */
export function answersOf(
  settings: Settings,
  given: Readonly<Record<string, string>>,
): FormAnswer[] {
  const fields = [...(settings.preChat ?? []), ...(settings.leaveMessage?.fields ?? [])];
  return Object.entries(given).map(([key, value]) => {
    const field = fields.find((each) => each.key === key);
    const own = field?.type === 'text' || field?.type === 'select' ? field : undefined;
    if (!own) throw refused(key, 'is no question of this channel');
    if (own.type === 'select' && !own.options.some(({ text }) => text === value)) {
      throw refused(key, 'is none of the options');
    }
    return { key, label: own.label.text, value };
  });
}

const refused = (key: string, message: string): AppError =>
  new AppError('INVALID_REQUEST', { fields: [{ path: `answers.${key}`, problem: message }] });
