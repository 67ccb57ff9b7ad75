import { useTranslation } from 'react-i18next';
import { CopyBox } from '../copy-box';
import { NumberField, TextField } from '../form/fields';
import { FormSection } from '../form/form-section';
import { WordsField } from '../form/list-fields';

const MEGABYTE = 1024 * 1024;

/** What is set for a live chat: where it may be used, what it says, and the code that brings it there. */
export function LiveChatSections({ channelId }: { readonly channelId: string }) {
  const { t } = useTranslation();
  const code = `<script async src="${location.origin}/embed.js?channel=${channelId}"></script>`;
  return (
    <>
      <FormSection id="website" words="admin-channels.sections.website">
        <WordsField path="settings.allowedOrigins" />
        <TextField path="settings.welcome" empty={null} wide />
        <NumberField
          path="settings.maxFileBytes"
          scale={MEGABYTE}
          placeholder="20"
          min={0.1}
          max={20}
        />
      </FormSection>
      <FormSection id="embed" words="admin-channels.sections.embed">
        <CopyBox label={t('admin-channels.embed')} text={code} />
      </FormSection>
    </>
  );
}
