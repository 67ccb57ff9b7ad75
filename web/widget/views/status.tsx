import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { conversation } from '../state/conversation';
import { place } from '../state/place';
import { channel } from '../state/session';
import { say } from '../state/words';
import { announce } from './announce';

/** How long it may take until somebody answers, while nobody has the conversation yet. */
export function Status(): JSX.Element | null {
  const text = conversation.value?.inLine ? standing() : '';
  useEffect(() => {
    if (text) announce(text);
  }, [text]);
  return text ? <p class="standing">{text}</p> : null;
}

function standing(): string {
  const { open, staffed, position } = place.value;
  const { away, closed } = channel.value?.widget.texts ?? {};
  if (!open) return closed ?? say('line.closed');
  if (!staffed) return away ?? say('line.away');
  if (position === null) return say('line.waiting');
  return position === 1 ? say('line.next') : say('line.position', { position });
}
