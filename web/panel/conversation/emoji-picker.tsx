import de from 'emoji-picker-element-data/de/cldr/data.json?url';
import en from 'emoji-picker-element-data/en/cldr/data.json?url';
import es from 'emoji-picker-element-data/es/cldr/data.json?url';
import fr from 'emoji-picker-element-data/fr/cldr/data.json?url';
import it from 'emoji-picker-element-data/it/cldr/data.json?url';
import pt from 'emoji-picker-element-data/pt/cldr/data.json?url';
import { Picker } from 'emoji-picker-element';
import wordsDe from 'emoji-picker-element/i18n/de';
import wordsEn from 'emoji-picker-element/i18n/en';
import wordsEs from 'emoji-picker-element/i18n/es';
import wordsFr from 'emoji-picker-element/i18n/fr';
import wordsIt from 'emoji-picker-element/i18n/it';
import wordsPt from 'emoji-picker-element/i18n/pt_BR';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const sources: Readonly<Record<string, readonly [string, typeof wordsEn]>> = {
  de: [de, wordsDe],
  en: [en, wordsEn],
  es: [es, wordsEs],
  fr: [fr, wordsFr],
  it: [it, wordsIt],
  pt: [pt, wordsPt],
};

/** All emoji, to be searched by their names in one's language. */
export default function EmojiPicker({ choose }: { readonly choose: (emoji: string) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const { i18n } = useTranslation();
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    const language = i18n.language.split('-')[0] ?? 'en';
    const [dataSource, words] = sources[language] ?? [en, wordsEn];
    const picker = new Picker({ locale: language, dataSource, i18n: words });
    const chosen = document.documentElement.dataset['theme'];
    if (chosen) picker.classList.add(chosen);
    picker.addEventListener('emoji-click', (event) => latest.current(event.detail.unicode ?? ''));
    place.current?.append(picker);
    return () => picker.remove();
  }, [i18n.language]);
  return <div ref={place} />;
}
