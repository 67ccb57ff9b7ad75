/** All that the button says, by language. */
interface Words {
  readonly open: string;
  readonly close: string;
  readonly unread: (count: number) => string;
}

const words = (open: string, close: string, one: string, many: string): Words => ({
  open,
  close,
  unread: (count) => `${count} ${count === 1 ? one : many}`,
});

const WORDS: Readonly<Record<string, Words>> = {
  en: words('Chat with us', 'Close the chat', 'unread message', 'unread messages'),
  de: words(
    'Chatten Sie mit uns',
    'Chat schließen',
    'ungelesene Nachricht',
    'ungelesene Nachrichten',
  ),
  es: words('Chatee con nosotros', 'Cerrar el chat', 'mensaje sin leer', 'mensajes sin leer'),
  fr: words('Discutez avec nous', 'Fermer le chat', 'message non lu', 'messages non lus'),
  it: words('Chatta con noi', 'Chiudi la chat', 'messaggio non letto', 'messaggi non letti'),
  pt: words('Converse conosco', 'Fechar o chat', 'mensagem não lida', 'mensagens não lidas'),
};

/** The words of the first wish that we speak; else of the channel's own language. */
export function wordsFor(wanted: readonly string[], own: string): Words {
  for (const tag of [...wanted, own, 'en']) {
    const found = WORDS[tag.slice(0, 2).toLowerCase()];
    if (found) return found;
  }
  throw new Error('there are English words');
}
