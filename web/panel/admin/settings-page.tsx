import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call, type Answer } from '../api/client';
import { ChoiceField, DurationField, TextField } from './form/fields';
import { FormContext } from './form/form-context';
import { FormSection } from './form/form-section';
import { ChecksField } from './form/list-fields';
import { SaveBar } from './form/save-bar';
import { useForm } from './form/use-form';
import { readAnew } from './load';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from './page';
import { settingsBody, settingsSchema, settingsValues } from './settings-values';

const HELD = ['open', 'waiting', 'solved'] as const;

/** What holds for the whole house. */
export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useQuery({
    queryKey: ['admin', 'getSettings'],
    staleTime: 5_000,
    queryFn: () => call('getSettings'),
  });
  return (
    <>
      <PageHead title={t('admin.settings.title')} text={t('admin.settings.text')} />
      <ReadOnlyNote />
      <Loaded of={settings}>{(data) => <SettingsForm settings={data} />}</Loaded>
    </>
  );
}

function SettingsForm({ settings }: { readonly settings: Answer<'getSettings'> }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const saved = useMemo(() => settingsValues(settings), [settings]);
  const form = useForm({
    saved,
    // All of it every time: the API wants the company's name with each edit.
    isNew: true,
    schema: settingsSchema,
    save: async (body) => {
      await call('putSettings', { body: settingsBody(body) });
      await readAnew();
    },
  });
  const statuses = HELD.map((id) => ({ id, name: t(`admin.why.statuses.${id}`) }));
  return (
    <div className="form-sections">
      <FormContext.Provider value={{ form, words: 'admin.settings.fields', readOnly: !isAdmin }}>
        <FormSection id="company" words="admin.settings.sections.company">
          <TextField path="companyName" />
        </FormSection>
        <FormSection id="leaving" words="admin.settings.sections.leaving">
          <ChoiceField path="onLogout" options={['ask', 'keep', 'release', 'refuse']} />
          {form.values['onLogout'] === 'refuse' && (
            <ChecksField path="refuseWhile" items={statuses} />
          )}
          <DurationField path="releaseOnPauseMs" never={t('admin.never')} />
        </FormSection>
        <FormSection id="absence" words="admin.settings.sections.absence">
          <DurationField path="absentLiveChatMs" />
          <DurationField path="absentOthersMs" />
        </FormSection>
      </FormContext.Provider>
      <SaveBar form={form} />
    </div>
  );
}
