import { useNavigate, useParams } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, NumberField, TextField } from '../form/fields';
import { FormContext } from '../form/form-context';
import { FormSection } from '../form/form-section';
import { ChecksField, KindNumbersField, WordsField } from '../form/list-fields';
import { SaveBar } from '../form/save-bar';
import { useForm } from '../form/use-form';
import { readAnew, useAgents, useOne, useQueues, type Agent } from '../load';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { agentEdit, saveAgent } from './agent-edit';
import { ArchiveAgentDialog } from './archive-agent-dialog';

/** One agent: who they are, what they may, where they work and how much. */
export function AgentPage() {
  const { id } = useParams({ from: '/admin/agents/$id' });
  const agent = useOne('getAgent', id);
  return <Loaded of={agent}>{(data) => <AgentForm key={id} agent={data} />}</Loaded>;
}

function AgentForm({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const [leaving, setLeaving] = useState(false);
  const queues = useQueues().data ?? [];
  const others = useAgents().data ?? [];
  const skills = [...new Set(others.flatMap((each) => each.skills))].sort();
  const saved = useMemo(() => valuesOf(agent), [agent]);
  const form = useForm({
    saved,
    unique: 'email',
    schema: agentEdit,
    save: async (body) => {
      await saveAgent(agent, body).finally(readAnew);
    },
  });
  const kinds = ['live-chat', 'open'].map((id) => ({ id, name: t(`admin.kinds.${id}`) }));
  return (
    <>
      <PageHead
        title={agent.name}
        back={{ to: '/admin/agents', words: t('admin-agents.title') }}
        beside={
          agent.archived ? (
            <span className="chip warn">{t('admin-agents.archived')}</span>
          ) : (
            <span className={`chip ${agent.state === 'available' ? 'ok' : ''}`}>
              {t(`admin-agents.states.${agent.state}`)}
            </span>
          )
        }
        acts={
          isAdmin &&
          !agent.archived && (
            <button type="button" className="button danger" onClick={() => setLeaving(true)}>
              <Archive size={16} aria-hidden />
              {t('admin-agents.archive')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <div className="form-sections">
        <FormContext.Provider
          value={{ form, words: 'admin-agents.fields', readOnly: !isAdmin || agent.archived }}
        >
          <FormSection id="person" words="admin-agents.sections.person">
            <TextField path="name" />
            <TextField path="email" type="email" />
            <TextField path="number" empty={null} />
            <ChoiceField path="role" options={['agent', 'supervisor', 'admin']} />
            <TextField path="password" type="password" empty={undefined} />
          </FormSection>
          <FormSection id="work" words="admin-agents.sections.work">
            <ChecksField path="queueIds" items={queues} nothing={t('admin.queues.none')} />
            <ChecksField path="channelKinds" items={kinds} />
            <WordsField path="skills" suggestions={skills} />
          </FormSection>
          <FormSection id="capacity" words="admin-agents.sections.capacity">
            <NumberField path="maxUnits" min={0} max={10_000} step={1} />
            <KindNumbersField path="unitOverrides" otherwise={t('admin.usual')} />
            <KindNumbersField path="mostOfKinds" otherwise={t('admin.noLimit')} />
          </FormSection>
        </FormContext.Provider>
        <SaveBar form={form} />
      </div>
      {leaving && (
        <ArchiveAgentDialog
          agent={agent}
          onClose={() => setLeaving(false)}
          onDone={() => void navigate({ to: '/admin/agents' })}
        />
      )}
    </>
  );
}

const valuesOf = (agent: Agent): Readonly<Record<string, unknown>> => ({
  name: agent.name,
  email: agent.email,
  number: agent.number,
  role: agent.role,
  password: undefined,
  queueIds: [...agent.queueIds].sort(),
  channelKinds: agent.channelKinds,
  skills: agent.skills,
  maxUnits: agent.maxUnits,
  unitOverrides: agent.unitOverrides,
  mostOfKinds: agent.mostOfKinds,
});
