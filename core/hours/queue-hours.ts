/** Which hours a queue keeps, and what it says and does when it is closed. */
import { wordsIn, type CustomerText } from '../customer-text';
import type { Calendar } from './calendar';

/** `own`: its calendar; `always`: never closed; `inherit`: the global calendar, where there is one. */
export type HoursMode = 'own' | 'always' | 'inherit';

/** As stored in a queue's settings; every field has a default. */
export interface HoursSettings {
  /** What becomes of live chats that wait at closing time. `keepWaiting` unless told otherwise. */
  readonly atClosing?: 'keepWaiting' | 'notifyAndClose' | undefined;
  /** Answers a message out of hours, once a closed period; null says nothing. */
  readonly outOfHours?: CustomerText | null | undefined;
  /** Said when a waiting live chat is closed at closing time; null says nothing. */
  readonly closing?: CustomerText | null | undefined;
}

const OUT_OF_HOURS: CustomerText = {
  text: 'You have reached us outside our opening hours. We will answer when we are open again.',
  byLanguage: {
    de: 'Sie erreichen uns außerhalb unserer Öffnungszeiten. Wir antworten, sobald wir wieder da sind.',
    es: 'Nos escribe fuera de nuestro horario de atención. Le responderemos cuando volvamos a abrir.',
    fr: 'Vous nous écrivez en dehors de nos heures d’ouverture. Nous vous répondrons dès notre réouverture.',
    it: 'Ci ha scritto fuori dal nostro orario di apertura. Le risponderemo alla riapertura.',
    'pt-BR':
      'Você nos escreveu fora do nosso horário de atendimento. Responderemos quando voltarmos.',
  },
};
const CLOSING: CustomerText = {
  text: 'We are closing now and could not get to you in time. Please write to us again when we are open.',
  byLanguage: {
    de: 'Wir schließen jetzt und haben es leider nicht mehr zu Ihnen geschafft. Bitte schreiben Sie uns zu den Öffnungszeiten noch einmal.',
    es: 'Cerramos ahora y no hemos podido atenderle a tiempo. Escríbanos de nuevo cuando estemos abiertos.',
    fr: 'Nous fermons et n’avons pas pu vous répondre à temps. Écrivez-nous à nouveau pendant nos heures d’ouverture.',
    it: 'Stiamo chiudendo e non siamo riusciti a risponderle in tempo. Ci riscriva quando saremo aperti.',
    'pt-BR':
      'Estamos encerrando e não conseguimos atender você a tempo. Escreva novamente quando estivermos abertos.',
  },
};

/** Why a live chat is closed that still waited at closing time; the timeline names it. */
export const CLOSING_TIME = 'closing time';

/** The calendar that a queue goes by; null where it is always open. */
export function calendarOf<T extends Calendar>(
  mode: HoursMode,
  own: T | null,
  global: T | null,
): T | null {
  if (mode === 'always') return null;
  return mode === 'own' ? own : global;
}

/** What to tell whoever writes out of hours, in their language where it is known; null for nothing. */
export const outOfHoursText = (
  settings: HoursSettings | undefined,
  language: string | null,
): string | null =>
  wordsIn(settings?.outOfHours === undefined ? OUT_OF_HOURS : settings.outOfHours, language);

/** What to tell those whose live chat is closed at closing time; null for nothing. */
export const closingText = (
  settings: HoursSettings | undefined,
  language: string | null,
): string | null => wordsIn(settings?.closing === undefined ? CLOSING : settings.closing, language);
