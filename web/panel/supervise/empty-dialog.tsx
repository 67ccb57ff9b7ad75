import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newKey } from '../api/client';
import { Choices, Confirm } from './confirm';
import { useAct } from './use-act';
import type { QueueNow } from './use-supervision';

/** Asks where all that waits in a queue goes, and says how many that is. */
export function EmptyDialog(props: {
  readonly queue: QueueNow;
  readonly queues: readonly QueueNow[];
  readonly close: () => void;
}) {
  const { t } = useTranslation();
  const { busy, run } = useAct();
  const { close, queues } = props;
  // The count that is shown is the one of now, not of when the question was opened.
  const queue = queues.find(({ id }) => id === props.queue.id) ?? props.queue;
  const others = queues.filter(({ id, members }) => id !== queue.id && members > 0);
  const [way, setWay] = useState<'transfer' | 'close'>(others.length > 0 ? 'transfer' : 'close');
  const [queueId, setQueueId] = useState(others[0]?.id ?? '');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  // One wish, however often it is sent: it goes on where it broke off.
  const [key] = useState(newKey);
  const count = queue.waiting;
  const target = others.find(({ id }) => id === queueId);
  const confirm = async (): Promise<void> => {
    const words = text.trim();
    const to =
      way === 'transfer' ? { queueId } : { close: true as const, ...(words && { text: words }) };
    const why = reason.trim() ? { reason: reason.trim() } : {};
    const act = () => call('emptyQueue', { params: { id: queue.id }, body: { to, ...why }, key });
    if (await run(act, t('supervise.empty.done', { name: queue.name }))) close();
  };
  return (
    <Confirm
      title={t('supervise.empty.ask', { name: queue.name })}
      act={t(`supervise.empty.${way}Now`, { count })}
      danger={way === 'close'}
      busy={busy}
      disabled={count === 0 || (way === 'transfer' && !target)}
      close={close}
      confirm={() => void confirm()}
    >
      <Choices
        legend={t('supervise.empty.waiting', { count })}
        value={way}
        change={setWay}
        options={[
          ...(others.length > 0
            ? [
                {
                  value: 'transfer' as const,
                  words: t('supervise.empty.transfer'),
                  hint: t('supervise.empty.transferHint'),
                },
              ]
            : []),
          {
            value: 'close' as const,
            words: t('supervise.empty.close'),
            hint: t('supervise.empty.closeHint'),
          },
        ]}
      />
      {way === 'transfer' ? (
        <label className="field">
          <span>{t('supervise.empty.target')}</span>
          <select
            className="input"
            value={queueId}
            onChange={(event) => setQueueId(event.target.value)}
          >
            {others.map(({ id, name, available }) => (
              <option key={id} value={id}>
                {t('supervise.empty.targetWith', { name, count: available })}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <label className="field">
          <span>{t('supervise.empty.text')}</span>
          <textarea
            className="input"
            rows={3}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="hint">{t('supervise.empty.textHint')}</span>
        </label>
      )}
      {way === 'transfer' && target && !target.open && (
        <p className="chip warn">{t('supervise.empty.targetClosed', { name: target.name })}</p>
      )}
      <label className="field">
        <span>{t('supervise.reasonForRecord')}</span>
        <input
          className="input"
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p className="muted">{t('supervise.empty.offersStay', { count: queue.offered })}</p>
    </Confirm>
  );
}
