import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { beginAnew, conversation } from '../state/conversation';
import { open } from '../state/host';
import { copyTranscript, downloadTranscript } from '../state/transcript';
import { say } from '../state/words';
import { announce } from './announce';
import { focusFirst } from './focus';

/** What can be done when a conversation is over. */
export function Over(): JSX.Element {
  const { id = '', survey } = conversation.value ?? {};
  const thanks = survey?.state === 'answered' ? (survey.thanks ?? say('survey.thanks')) : null;
  const begin = useRef<HTMLButtonElement>(null);
  // The form or the field that had the focus is gone.
  useEffect(() => {
    if (open.value && document.activeElement === document.body) begin.current?.focus();
  }, []);
  const failed = (): void => announce(say('menu.failed'));
  return (
    <section class="ended">
      {thanks && <p class="thanks">{thanks}</p>}
      <p>{say('over.text')}</p>
      <button
        type="button"
        class="strong wide"
        data-first
        ref={begin}
        onClick={() => {
          beginAnew();
          requestAnimationFrame(focusFirst);
        }}
      >
        {say('over.new')}
      </button>
      <div class="row">
        <button
          type="button"
          class="plain"
          onClick={() => void copyTranscript(id).then(() => announce(say('menu.copied')), failed)}
        >
          {say('menu.copy')}
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => void downloadTranscript(id).catch(failed)}
        >
          {say('menu.download')}
        </button>
      </div>
    </section>
  );
}
