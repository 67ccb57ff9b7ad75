import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newKey } from '../api/client';
import { useLive } from '../realtime/live-context';
import { useAct } from './use-act';

/** Writes to the agent of a conversation: a note in it, which the customer never sees. */
export function PrivateMessage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const live = useLive();
  const { busy, run } = useAct();
  const [text, setText] = useState('');
  const [key, setKey] = useState(newKey);
  const send = async (): Promise<void> => {
    const act = () => call('sendMessage', { params: { id }, body: { kind: 'note', text }, key });
    if (!(await run(act, t('supervise.read.sent')))) return;
    setText('');
    setKey(newKey());
  };
  return (
    <form
      className="supervise-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void send();
      }}
    >
      <label className="field">
        <span>{t('supervise.read.private')}</span>
        <textarea
          className="input read-along-note"
          rows={2}
          maxLength={10_000}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            live.present(id, 'typing');
          }}
        />
        <span className="hint">{t('supervise.read.privateHint')}</span>
      </label>
      <button type="submit" className="button main" disabled={busy || !text.trim()}>
        {t('supervise.read.send')}
      </button>
    </form>
  );
}
