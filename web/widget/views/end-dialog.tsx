import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { call } from '../state/call';
import { newId } from '../state/new-id';
import { say } from '../state/words';
import { announce } from './announce';

/** Asks before a conversation is ended. */
export function EndDialog(props: {
  readonly id: string;
  readonly onDone: () => void;
}): JSX.Element {
  const { id, onDone } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const key = useRef(newId());
  useEffect(() => dialog.current?.showModal(), []);
  const end = (): void => {
    dialog.current?.close();
    const body = { conversationId: id };
    call('/end', { method: 'POST', body, key: key.current }).catch(() =>
      announce(say('menu.failed')),
    );
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="end-question"
      aria-describedby="end-text"
      onClose={onDone}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="end-question">{say('end.question')}</h2>
      <p id="end-text">{say('end.text')}</p>
      <div class="row">
        <button type="button" class="plain" onClick={() => dialog.current?.close()}>
          {say('end.no')}
        </button>
        <button type="button" class="strong" onClick={end}>
          {say('end.yes')}
        </button>
      </div>
    </dialog>
  );
}
