import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Catalogue } from './catalogue';
import { PSEUDO, preferredLanguage, storeLanguage, type Language } from './languages';
import { pseudo } from './pseudo';

const load: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('./en'),
  de: () => import('./de'),
  es: () => import('./es'),
  fr: () => import('./fr'),
  it: () => import('./it'),
  'pt-BR': () => import('./pt-br'),
};

/** Resolves once words can be shown. */
export async function startWords(): Promise<void> {
  const language = preferredLanguage();
  const words = await wordsOf(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: words } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language === PSEUDO ? 'en' : language;
}

/** Shows all in another language from now on. */
export async function changeLanguage(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await wordsOf(language));
  storeLanguage(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

async function wordsOf(language: Language | typeof PSEUDO): Promise<Catalogue> {
  if (language === PSEUDO) return pseudo((await load.en()).default);
  return (await load[language]()).default;
}
