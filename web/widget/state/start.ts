/** Puts the parts together: who says what to whom. */
import { effect, signal, untracked } from '@preact/signals';
import { call } from './call';
import { conversation, goesOn, messages, readAgain, unread } from './conversation';
import { open, page, tellHost, user, type Init } from './host';
import { outbox, send, whenTaken } from './outbox';
import { watchPlace } from './place';
import { agentTypes, connect, follow, reconnect } from './realtime';
import { begin, channel, renew } from './session';
import { speak } from './words';

/** True while the page is in front, so that what is shown is seen. */
const inFront = signal(document.visibilityState === 'visible');

/** Begins; resolves when there is something to show. */
export async function start({ language, own, dir }: Init): Promise<void> {
  if (dir === 'rtl' || dir === 'ltr') document.documentElement.dir = dir;
  // Something to say while the server is waited for.
  const first = navigator.onLine ? null : speak(language[0] ?? own);
  await begin([...language, own]);
  await first;
  if (!channel.value) return;
  whenTaken((taken) => {
    if (taken.conversationId !== conversation.value?.id) void follow();
    if (taken.created) tellPage();
    // Without the socket the answer is all that we hear.
    if (untracked(() => conversation.value) === null) void readAgain().catch(() => undefined);
  });
  connect();
  watchPlace();
  tellWhatIsSeen();
  effect(() => tellHost({ kind: 'unread', count: unread.value }));
  effect(() => tellHost({ kind: 'live', live: goesOn.value || outbox.value.length > 0 }));
  hearOfUser();
  effect(() => {
    if (page.value) untracked(tellPage);
  });
  void send();
}

function tellWhatIsSeen(): void {
  document.addEventListener('visibilitychange', () => {
    inFront.value = document.visibilityState === 'visible';
  });
  let told = '';
  effect(() => {
    const held = conversation.value;
    const last = messages.value.findLast(({ direction }) => direction === 'out')?.seq ?? 0;
    if (!held || !open.value || !inFront.value || last <= held.customerSeenSeq) return;
    const news = `${held.id} ${last}`;
    if (news === told) return;
    told = news;
    const body = { conversationId: held.id, seq: last };
    // Told again with the next message, or the next look.
    call('/seen', { method: 'POST', body }).catch(() => (told = ''));
  });
}

/** A website may say later who its user is, or that nobody is signed in any more. */
function hearOfUser(): void {
  let before = user.value;
  effect(() => {
    const now = user.value;
    if (now === before) return;
    before = now;
    untracked(() => {
      agentTypes.value = false;
      renew()
        .then(readAgain)
        .then(reconnect)
        .catch(() => undefined);
    });
  });
}

function tellPage(): void {
  const now = page.value;
  if (!now || !channel.value?.widget.pageVisits || !conversation.value) return;
  const { url, title } = now;
  const line = title.replace(/\p{Cc}+/gu, ' ').trim();
  call('/page', { method: 'POST', body: { url, title: line } }).catch(() => undefined);
}
