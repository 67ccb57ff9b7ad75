import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { PAUSE_REASONS } from '../session/my-state';
import { Choices, Confirm } from './confirm';
import { useAct } from './use-act';
import type { AgentNow } from './use-supervision';

export type AgentAct = 'pause' | 'resume' | 'logOff';

/** Asks before an agent is paused, made available or signed out: why, and what becomes of what they hold. */
export function AgentDialog(props: {
  readonly act: AgentAct;
  readonly agent: AgentNow;
  readonly close: () => void;
}) {
  const { act, agent, close } = props;
  const { t } = useTranslation();
  const { busy, run } = useAct();
  const [open, setOpen] = useState<'keep' | 'release'>('keep');
  const [reason, setReason] = useState<string>(act === 'pause' ? PAUSE_REASONS[0] : '');
  const { id, name, held } = agent;
  const why = reason.trim() ? { reason: reason.trim() } : {};
  const params = { id };
  const does = (): Promise<unknown> => {
    if (act === 'logOff') return call('logOffAgent', { params, query: { open, ...why } });
    if (act === 'resume') return call('setAgentState', { params, body: { state: 'available' } });
    return call('setAgentState', { params, body: { state: 'paused', open, ...why } });
  };
  const confirm = async (): Promise<void> => {
    if (await run(does, t(`supervise.agents.done.${act}`, { name }))) close();
  };
  return (
    <Confirm
      title={t(`supervise.agents.ask.${act}`, { name })}
      act={t(`supervise.agents.${act}`)}
      danger={act === 'logOff' || (act === 'pause' && open === 'release' && held > 0)}
      busy={busy}
      close={close}
      confirm={() => void confirm()}
    >
      <p>{t(`supervise.agents.means.${act}`, { name })}</p>
      {act === 'pause' && (
        <label className="field">
          <span>{t('supervise.reason')}</span>
          <select
            className="input"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          >
            {PAUSE_REASONS.map((one) => (
              <option key={one} value={one}>
                {t(`session.reasons.${one}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {act === 'logOff' && (
        <label className="field">
          <span>{t('supervise.reasonForRecord')}</span>
          <input
            className="input"
            maxLength={100}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      {act !== 'resume' && held > 0 && (
        <Choices
          legend={t('supervise.agents.holds', { name, count: held })}
          value={open}
          change={setOpen}
          options={(['keep', 'release'] as const).map((value) => ({
            value,
            words: t(`supervise.agents.${value}`, { count: held }),
            hint: t(`supervise.agents.${value}Hint`, { count: held }),
          }))}
        />
      )}
    </Confirm>
  );
}
