import { useNavigate, useParams } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { PickField, SwitchField, TextField } from '../form/fields';
import { FormContext } from '../form/form-context';
import { FormSection } from '../form/form-section';
import { WordsField } from '../form/list-fields';
import { SaveBar } from '../form/save-bar';
import { useForm } from '../form/use-form';
import { readAnew, useAgents, useOne, useQueues, type Channel } from '../load';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { channelEdit } from './channel-edit';
import { DeleteChannelDialog } from './delete-channel-dialog';
import { LiveChatSections } from './live-chat-sections';
import { OpenChannelSections } from './open-channel-sections';

/** One channel and all that can be set for it. */
export function ChannelPage() {
  const { id } = useParams({ from: '/admin/channels/$id' });
  const channel = useOne('getChannel', id);
  return <Loaded of={channel}>{(data) => <ChannelForm key={id} channel={data} />}</Loaded>;
}

function ChannelForm({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const [leaving, setLeaving] = useState(false);
  const queues = useQueues().data ?? [];
  const skills = useSkillsOfAgents();
  const saved = useMemo(() => valuesOf(channel), [channel]);
  const form = useForm({
    saved,
    schema: () => channelEdit(channel.kind),
    save: async (body) => {
      await call('editChannel', { params: { id: channel.id }, body });
      await readAnew();
    },
  });
  return (
    <>
      <PageHead
        title={channel.name}
        back={{ to: '/admin/channels', words: t('admin-channels.title') }}
        beside={<span className="chip">{t(`admin.kinds.${channel.kind}`)}</span>}
        acts={
          isAdmin && (
            <button type="button" className="button danger" onClick={() => setLeaving(true)}>
              <Trash2 size={16} aria-hidden />
              {t('admin-channels.deleting.act')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <div className="form-sections">
        <FormContext.Provider value={{ form, words: 'admin-channels.fields', readOnly: !isAdmin }}>
          <FormSection id="general" words="admin-channels.sections.general">
            <TextField path="name" />
            <SwitchField path="enabled" />
          </FormSection>
          <FormSection id="routing" words="admin-channels.sections.routing">
            <PickField path="queueId" items={queues} none={t('admin.choose')} />
            <WordsField path="requiredSkills" suggestions={skills} />
            <WordsField path="preferredSkills" suggestions={skills} />
          </FormSection>
          {channel.kind === 'live-chat' ? (
            <LiveChatSections channelId={channel.id} />
          ) : (
            <OpenChannelSections channel={channel} />
          )}
        </FormContext.Provider>
        <SaveBar form={form} />
      </div>
      {leaving && (
        <DeleteChannelDialog
          channel={channel}
          onClose={() => setLeaving(false)}
          onDone={() => void navigate({ to: '/admin/channels' })}
        />
      )}
    </>
  );
}

function valuesOf(channel: Channel): Readonly<Record<string, unknown>> {
  const { name, queueId, enabled, requiredSkills, preferredSkills, settings } = channel;
  return {
    ...{ name, queueId, enabled, requiredSkills, preferredSkills },
    ...Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [`settings.${key}`, value]),
    ),
  };
}

function useSkillsOfAgents(): string[] {
  const agents = useAgents().data ?? [];
  return [...new Set(agents.flatMap(({ skills }) => skills))].sort();
}
