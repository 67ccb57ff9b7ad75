import { useTranslation } from 'react-i18next';

/** What a conversation asks of its agent, as words with commas between. */
export function SkillFields(props: {
  readonly required: string;
  readonly preferred: string;
  readonly setRequired: (text: string) => void;
  readonly setPreferred: (text: string) => void;
}) {
  const { t } = useTranslation();
  const fields = [
    ['required', props.required, props.setRequired],
    ['preferred', props.preferred, props.setPreferred],
  ] as const;
  return (
    <>
      {fields.map(([name, value, set]) => (
        <label className="field" key={name}>
          <span>{t(`supervise.skills.${name}`)}</span>
          <input
            className="input"
            maxLength={800}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
          <span className="hint">{t(`supervise.skills.${name}Hint`)}</span>
        </label>
      ))}
      <p className="muted">{t('supervise.skills.means')}</p>
    </>
  );
}

/** The words of such a field. */
export const skillsOf = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
