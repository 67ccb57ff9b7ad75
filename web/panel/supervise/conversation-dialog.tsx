import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { call } from '../api/client';
import { Confirm } from './confirm';
import { SkillFields, skillsOf } from './skill-fields';
import { useAct } from './use-act';
import type { AgentNow } from './use-supervision';

export type ConversationAct = 'assign' | 'release' | 'priority' | 'skills';

export interface Acting {
  readonly act: ConversationAct;
  readonly row: ConversationShape;
  /** Of the customer. */
  readonly name: string;
}

/** Asks before something is done with a conversation of somebody else. */
export function ConversationDialog(
  props: Acting & { readonly agents: readonly AgentNow[]; readonly close: () => void },
) {
  const { act, row, name, agents, close } = props;
  const { t } = useTranslation();
  const { busy, run } = useAct();
  const targets = agents.filter(
    ({ id, state, absent }) => id !== row.ownerId && state !== 'logged_off' && !absent,
  );
  const [agentId, setAgentId] = useState(targets[0]?.id ?? '');
  const [priority, setPriority] = useState(row.priority);
  const [required, setRequired] = useState(row.requiredSkills.join(', '));
  const [preferred, setPreferred] = useState(row.preferredSkills.join(', '));
  const params = { id: row.id };
  const holder = agents.find(({ id }) => id === row.ownerId);
  const target = targets.find(({ id }) => id === agentId);
  const does: Readonly<Record<ConversationAct, () => Promise<unknown>>> = {
    assign: () => call('giveCommand', { params, body: { name: 'assignTo', args: { agentId } } }),
    release: () => call('giveCommand', { params, body: { name: 'release' } }),
    priority: () => call('setPriority', { params, body: { priority } }),
    skills: () =>
      call('setSkills', {
        params,
        body: { requiredSkills: skillsOf(required), preferredSkills: skillsOf(preferred) },
      }),
  };
  const confirm = async (): Promise<void> => {
    if (await run(does[act], t(`supervise.conversation.done.${act}`, { name }))) close();
  };
  return (
    <Confirm
      title={t(`supervise.conversation.ask.${act}`, { name, number: row.number })}
      act={t(`supervise.conversation.now.${act}`)}
      busy={busy}
      disabled={act === 'assign' && !target}
      close={close}
      confirm={() => void confirm()}
    >
      {act === 'assign' && (
        <>
          <label className="field">
            <span>{t('supervise.conversation.agent')}</span>
            <select
              className="input"
              value={agentId}
              onChange={(event) => setAgentId(event.target.value)}
            >
              {targets.map((agent) => (
                <option key={agent.id} value={agent.id}>
                  {t('supervise.conversation.agentWith', {
                    ...{ name: agent.name, state: t(`session.states.${agent.state}`) },
                    ...{ used: agent.usedUnits, max: agent.maxUnits, count: agent.held },
                  })}
                </option>
              ))}
            </select>
          </label>
          {!target && <p role="alert">{t('supervise.conversation.nobody')}</p>}
          <p className="muted">
            {holder
              ? t('supervise.conversation.takenFrom', { name: holder.name })
              : t('supervise.conversation.outOfLine')}
          </p>
          {target && target.room === 0 && (
            <p className="chip warn">{t('supervise.conversation.full', { name: target.name })}</p>
          )}
        </>
      )}
      {act === 'release' && (
        <p>{t('supervise.conversation.releaseMeans', { name: holder?.name ?? '–' })}</p>
      )}
      {act === 'priority' && (
        <label className="field">
          <span>{t('supervise.conversation.priorityOf')}</span>
          <input
            className="input"
            type="number"
            min={0}
            max={10}
            required
            value={priority}
            onChange={(event) => setPriority(event.target.valueAsNumber || 0)}
          />
          <span className="hint">{t('supervise.conversation.priorityHint')}</span>
        </label>
      )}
      {act === 'skills' && (
        <SkillFields
          required={required}
          preferred={preferred}
          setRequired={setRequired}
          setPreferred={setPreferred}
        />
      )}
    </Confirm>
  );
}
