/** What the widget says, in the visitor's language. Texts stand in `languages/`, by their place. */
import { signal } from '@preact/signals';
import type english from '../languages/en.json';

export type Key = keyof typeof english;
type Catalogue = Readonly<Record<Key, string>>;

const catalogues: Readonly<Record<string, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('../languages/en.json'),
  de: () => import('../languages/de.json'),
  es: () => import('../languages/es.json'),
  fr: () => import('../languages/fr.json'),
  it: () => import('../languages/it.json'),
  'pt-BR': () => import('../languages/pt-BR.json'),
};

const catalogue = signal<Catalogue | null>(null);
const language = signal('en');

/** Loads a language and speaks it from then on. */
export async function speak(tag: string): Promise<void> {
  const load = catalogues[tag] ?? catalogues['en'];
  const loaded = await load?.();
  if (!loaded) return;
  language.value = tag;
  document.documentElement.lang = tag;
  catalogue.value = loaded.default;
}

/** The text of this place, with `{name}` replaced. Empty while no language is loaded. */
export function say(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const text = catalogue.value?.[key] ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A time of day, with the day where it is not today. */
export function clock(instant: string): string {
  const at = new Date(instant);
  const today = at.toDateString() === new Date().toDateString();
  const day = today
    ? {}
    : { weekday: 'long' as const, day: 'numeric' as const, month: 'short' as const };
  const time = { ...day, hour: 'numeric' as const, minute: '2-digit' as const };
  return new Intl.DateTimeFormat(language.value, time).format(at);
}

/** A day, for the line between days. */
export const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat(language.value, { dateStyle: 'long' }).format(new Date(instant));

/** A file's size as people write it. */
export function sizeOf(bytes: number): string {
  const mega = bytes >= 1_000_000;
  const unit = mega ? 'megabyte' : 'kilobyte';
  const maximumFractionDigits = mega ? 1 : 0;
  const form = {
    style: 'unit' as const,
    unit,
    unitDisplay: 'short' as const,
    maximumFractionDigits,
  };
  return new Intl.NumberFormat(language.value, form).format(
    Math.max(1, bytes / 1000) / (mega ? 1000 : 1),
  );
}
