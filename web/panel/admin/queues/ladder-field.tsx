import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CustomerTextInput } from '../form/customer-text-field';
import { DurationInput } from '../form/duration';
import { faultAt } from '../form/draft';
import { useFaultWords } from '../form/fault-words';
import { FieldRow } from '../form/field-row';
import { useFormPlace } from '../form/form-context';
import { useQueues } from '../load';
import './ladder.css';

const ACTS = ['overflow', 'widen', 'notify', 'text', 'close'] as const;
type Act = (typeof ACTS)[number];
interface Words {
  readonly text: string;
  readonly byLanguage?: Readonly<Record<string, string>>;
}
interface Step {
  readonly afterMs: number | null;
  readonly do: Act;
  readonly queueId?: string;
  readonly text?: Words | null;
}

const FIRST_MS = 120_000;
const MOST = 20;

/** The steps for long waits, each later than the one before. */
export function LadderField({
  path,
  queueId,
}: {
  readonly path: string;
  readonly queueId: string;
}) {
  const { t } = useTranslation();
  return (
    <FieldRow path={path} wide group ownFaults>
      {({ value, set, disabled }) => {
        const steps = (value ?? []) as readonly Step[];
        const add = (): void => {
          const last = steps.at(-1)?.afterMs ?? 0;
          set([...steps, { afterMs: last + FIRST_MS, do: 'notify' }]);
        };
        return (
          <>
            {steps.length === 0 && <p className="muted">{t('admin-queues.ladder.none')}</p>}
            <ol className="ladder">
              {steps.map((step, at) => (
                <LadderStep
                  key={at}
                  {...{ path, queueId, step, at, disabled }}
                  count={steps.length}
                  change={(next) => set(steps.map((each, here) => (here === at ? next : each)))}
                  remove={() => set(steps.filter((_, here) => here !== at))}
                  move={(by) => set(moved(steps, at, at + by))}
                />
              ))}
            </ol>
            {!disabled && steps.length < MOST && (
              <button type="button" className="button" onClick={add}>
                {t('admin-queues.ladder.add')}
              </button>
            )}
          </>
        );
      }}
    </FieldRow>
  );
}

/** Two steps change what they do; the times stay where they are, as they only ever rise. */
function moved(steps: readonly Step[], from: number, to: number): readonly Step[] {
  const [one, other] = [steps[from], steps[to]];
  if (!one || !other) return steps;
  return steps.map((step, at) => {
    if (at === from) return { ...other, afterMs: one.afterMs };
    return at === to ? { ...one, afterMs: other.afterMs } : step;
  });
}

/** A step of another kind keeps its time only. */
function asAct(step: Step, act: Act): Step {
  const { afterMs } = step;
  return act === 'text' ? { afterMs, do: act, text: { text: '' } } : { afterMs, do: act };
}

function LadderStep(props: {
  readonly path: string;
  readonly queueId: string;
  readonly step: Step;
  readonly at: number;
  readonly count: number;
  readonly disabled: boolean;
  readonly change: (step: Step) => void;
  readonly remove: () => void;
  readonly move: (by: 1 | -1) => void;
}) {
  const { path, queueId, step, at, count, disabled, change, remove, move } = props;
  const { t } = useTranslation();
  const { form } = useFormPlace();
  const faultWords = useFaultWords();
  const queues = (useQueues().data ?? []).filter(({ id }) => id !== queueId);
  const id = `ladder-${at}`;
  const number = at + 1;
  const fault = faultAt(form.faults, `${path}.${at}`);
  const atTime = form.faults[`${path}.${at}.afterMs`] !== undefined;
  return (
    <li className="ladder-step" aria-label={t('admin-queues.ladder.step', { number })}>
      <div className="ladder-line">
        <label htmlFor={`${id}-after`}>{t('admin-queues.ladder.after')}</label>
        <DurationInput
          id={`${id}-after`}
          label={t('admin-queues.ladder.after')}
          value={step.afterMs}
          disabled={disabled}
          invalid={atTime}
          describedBy={`${id}-fault`}
          epoch={form.epoch}
          onChange={(afterMs) => change({ ...step, afterMs })}
        />
        <select
          className="input"
          aria-label={t('admin-queues.ladder.do')}
          disabled={disabled}
          value={step.do}
          onChange={({ target }) => change(asAct(step, target.value as Act))}
        >
          {ACTS.map((act) => (
            <option key={act} value={act}>
              {t(`admin-queues.ladder.acts.${act}`)}
            </option>
          ))}
        </select>
        {step.do === 'overflow' && (
          <select
            className="input"
            aria-label={t('admin-queues.ladder.to')}
            aria-invalid={(fault !== undefined && !atTime) || undefined}
            aria-describedby={`${id}-fault`}
            disabled={disabled}
            value={step.queueId ?? ''}
            onChange={({ target }) => change({ ...step, queueId: target.value })}
          >
            <option value="">{t('admin-queues.ladder.chooseQueue')}</option>
            {queues.map((queue) => (
              <option key={queue.id} value={queue.id}>
                {queue.name}
              </option>
            ))}
          </select>
        )}
        {!disabled && (
          <span className="ladder-acts">
            <button
              type="button"
              className="button icon quiet"
              aria-label={t('admin-queues.ladder.up', { number })}
              disabled={at === 0}
              onClick={() => move(-1)}
            >
              <ArrowUp size={16} aria-hidden />
            </button>
            <button
              type="button"
              className="button icon quiet"
              aria-label={t('admin-queues.ladder.down', { number })}
              disabled={at === count - 1}
              onClick={() => move(1)}
            >
              <ArrowDown size={16} aria-hidden />
            </button>
            <button
              type="button"
              className="button icon quiet"
              aria-label={t('admin-queues.ladder.remove', { number })}
              onClick={remove}
            >
              <Trash2 size={16} aria-hidden />
            </button>
          </span>
        )}
      </div>
      {step.do === 'close' && !disabled && (
        <label className="ladder-tell">
          <input
            type="checkbox"
            checked={Boolean(step.text)}
            onChange={({ target }) =>
              change({ ...step, text: target.checked ? { text: '' } : null })
            }
          />
          {t('admin-queues.ladder.tell')}
        </label>
      )}
      {step.text && (
        <CustomerTextInput
          label={t('admin-queues.ladder.acts.text')}
          value={step.text}
          disabled={disabled}
          invalid={fault !== undefined && !atTime}
          describedBy={`${id}-fault`}
          onChange={(text) => change({ ...step, text })}
        />
      )}
      <p className="fault" id={`${id}-fault`}>
        {fault && faultWords(fault, atTime)}
      </p>
    </li>
  );
}
