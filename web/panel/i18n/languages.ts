/** The languages of the screens, by their own names. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  'pt-BR': 'Português (Brasil)',
} as const;

export type Language = keyof typeof LANGUAGES;

/** English with marks and a third more letters: what is still plain on a screen was never translated. */
export const PSEUDO = 'en-XA';

const STORED = 'switchyard.language';

/** The language somebody chose here, or the first of the browser's that we have. */
export function preferredLanguage(): Language | typeof PSEUDO {
  const wishes = [stored(), ...navigator.languages];
  for (const wish of wishes) {
    if (wish === PSEUDO) return PSEUDO;
    const exact = Object.keys(LANGUAGES).find((one) => one === wish);
    const near = Object.keys(LANGUAGES).find((one) => one.split('-')[0] === wish?.split('-')[0]);
    if (exact ?? near) return (exact ?? near) as Language;
  }
  return 'en';
}

/** Remembers the choice on this computer. */
export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage is switched off: the choice lasts until the page is closed.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
