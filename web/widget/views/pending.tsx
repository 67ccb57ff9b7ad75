import type { JSX } from 'preact';
import { discard, writeAgain, type Outgoing } from '../state/outbox';
import { say } from '../state/words';
import { Bubble } from './message';

/** A text that can be an answer to "how would you rate it?". */
const RATES = /^\s*(10|[1-9])(?!\d)/;

/** A message that is on its way, or that the visitor must decide about. */
export function Pending({ one }: { readonly one: Outgoing }): JSX.Element {
  const { id, text, files, state } = one;
  return (
    <article class={`message in pending ${state}`}>
      <p class="hidden">{say('log.you')}</p>
      {text && <Bubble text={text} />}
      {files.map((file) => (
        <p class="attached" key={file.id} dir="auto">
          {file.name}
        </p>
      ))}
      {state === 'waiting' && <p class="when">{say('log.waiting')}</p>}
      {state === 'failed' && (
        <div class="decide" role="alert">
          <p>{say('log.failed')}</p>
          <button type="button" class="plain" onClick={() => writeAgain(id)}>
            {say('log.again')}
          </button>
          <button type="button" class="plain" onClick={() => discard(id)}>
            {say('log.discard')}
          </button>
        </div>
      )}
      {state === 'ask' && (
        <div class="decide" role="alert">
          <p>{say('survey.which')}</p>
          {RATES.test(text) && files.length === 0 && (
            <button type="button" class="plain" onClick={() => writeAgain(id, 'answer')}>
              {say('survey.answer')}
            </button>
          )}
          <button type="button" class="plain" onClick={() => writeAgain(id, 'new')}>
            {say('survey.new')}
          </button>
          <button type="button" class="plain" onClick={() => discard(id)}>
            {say('log.discard')}
          </button>
        </div>
      )}
    </article>
  );
}
