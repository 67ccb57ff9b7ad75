import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { call } from '../state/call';
import { conversation } from '../state/conversation';
import { newId } from '../state/new-id';
import { say } from '../state/words';

const RATINGS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Asks for a rating from 1 to 10 and a comment. */
export function Survey(): JSX.Element {
  const rating = useSignal<number | null>(null);
  const comment = useSignal('');
  const busy = useSignal(false);
  const failed = useSignal(false);
  const key = useRef(newId());
  const { id = '', survey } = conversation.value ?? {};

  const answer = async (body: object): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    failed.value = false;
    try {
      await call('/survey', {
        method: 'POST',
        body: { conversationId: id, ...body },
        key: `${key.current}/${JSON.stringify(body).length}`,
      });
    } catch {
      failed.value = true;
      // Another answer is another wish.
      key.current = newId();
    }
    busy.value = false;
  };
  const send = (event: Event): void => {
    event.preventDefault();
    if (rating.value === null) return;
    const text = comment.value.trim();
    void answer({ rating: rating.value, ...(text ? { comment: text } : {}) });
  };

  return (
    <form class="survey" onSubmit={send}>
      <fieldset>
        <legend>{survey?.question ?? say('survey.question')}</legend>
        <p class="scale">{say('survey.scale')}</p>
        <div class="ratings">
          {RATINGS.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="rating"
                value={value}
                checked={rating.value === value}
                onChange={() => (rating.value = value)}
              />
              <span>{value}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {rating.value !== null && (
        <label class="comment">
          {survey?.commentQuestion ?? say('survey.comment')}
          <textarea
            rows={2}
            maxLength={2000}
            dir="auto"
            value={comment.value}
            onInput={({ currentTarget }) => (comment.value = currentTarget.value)}
          />
        </label>
      )}
      {failed.value && (
        <p class="fault" role="alert">
          {say('form.failed')}
        </p>
      )}
      <div class="row">
        <button type="button" class="plain" onClick={() => void answer({ skip: true })}>
          {say('survey.skip')}
        </button>
        <button type="submit" class="strong" aria-disabled={rating.value === null || busy.value}>
          {say('survey.send')}
        </button>
      </div>
    </form>
  );
}
