import { useTranslation } from 'react-i18next';
import { CustomerTextField } from '../form/customer-text-field';
import {
  ChoiceField,
  DurationField,
  NumberField,
  PickField,
  SwitchField,
  TextField,
} from '../form/fields';
import { useFormPlace } from '../form/form-context';
import { FormSection } from '../form/form-section';
import { ChecksField, KindNumbersField } from '../form/list-fields';
import { useCalendars } from '../load';
import { LadderField } from './ladder-field';

export const QUEUE_SECTIONS = [
  'general',
  'who',
  'offers',
  'order',
  'capacity',
  'ladder',
  'known',
  'hours',
  'course',
  'survey',
] as const;

const ELIGIBILITIES = [
  ...['capacity', 'omni', 'nocall', 'interaction', 'incall', 'nopause'],
  ...['ringall', 'ringallmultiple'],
];
const DISTRIBUTIONS = [
  ...['least-loaded', 'longest-idle', 'round-robin', 'fewest-handled', 'least-recently-notified'],
  ...['linear', 'weighted-random', 'random', 'ring-all'],
];

/** The settings of a queue in the order in which one thinks of them: who, how, in which order, what then. */
export function QueueSections({ queueId }: { readonly queueId: string }) {
  const { t } = useTranslation();
  const { form } = useFormPlace();
  const calendars = useCalendars().data ?? [];
  const never = t('admin.never');
  const section = (id: (typeof QUEUE_SECTIONS)[number]) => ({
    id,
    words: `admin-queues.sections.${id}`,
  });
  return (
    <>
      <FormSection {...section('general')}>
        <TextField path="name" />
        <ChoiceField path="delivery" options={['auto', 'offer', 'manual']} />
      </FormSection>
      <FormSection {...section('who')}>
        <ChoiceField path="eligibility" options={ELIGIBILITIES} />
        {form.values['eligibility'] === 'nocall' && (
          <NumberField
            path="settings.maxPerAgent"
            min={1}
            max={1000}
            placeholder={t('admin.noLimit')}
          />
        )}
        <ChoiceField path="distribution" options={DISTRIBUTIONS} />
        <DurationField path="settings.relaxSkillsMs" never={never} />
      </FormSection>
      <FormSection {...section('offers')}>
        <DurationField path="settings.offerMs" />
        <DurationField path="settings.roundPauseMs" />
        <NumberField path="settings.missedOffersToPause" min={0} max={100} step={1} />
        <DurationField path="settings.transferMs" />
      </FormSection>
      <FormSection {...section('order')}>
        <NumberField path="weight" min={0} max={10} step={1} />
        <NumberField path="settings.agingMinutes" min={0} max={1440} step={1} />
      </FormSection>
      <FormSection {...section('capacity')}>
        <KindNumbersField path="settings.unitOverrides" otherwise={t('admin.usual')} />
        <NumberField path="settings.waitingFactor" min={0} max={1} step={0.1} />
      </FormSection>
      <FormSection {...section('ladder')}>
        <LadderField path="settings.ladder" queueId={queueId} />
      </FormSection>
      <FormSection {...section('known')}>
        <ChoiceField path="settings.returning.mode" options={['prefer', 'wait', 'off']} />
        {form.values['settings.returning.mode'] === 'wait' && (
          <DurationField path="settings.returning.waitMs" />
        )}
        {form.values['settings.returning.mode'] !== 'off' && (
          <NumberField path="settings.returning.days" min={1} max={366} step={1} />
        )}
      </FormSection>
      <FormSection {...section('hours')}>
        <ChoiceField path="hoursMode" options={['inherit', 'own', 'always']} />
        {form.values['hoursMode'] === 'own' && (
          <PickField path="calendarId" items={calendars} none={t('admin.choose')} />
        )}
        {form.values['hoursMode'] !== 'always' && (
          <>
            <ChoiceField
              path="settings.hours.atClosing"
              options={['keepWaiting', 'notifyAndClose']}
            />
            <CustomerTextField path="settings.hours.outOfHours" />
            {form.values['settings.hours.atClosing'] === 'notifyAndClose' && (
              <CustomerTextField path="settings.hours.closing" />
            )}
          </>
        )}
      </FormSection>
      <FormSection {...section('course')}>
        <DurationField path="settings.firstResponseMs" never={never} />
        <DurationField path="settings.idleMs" never={never} />
        <DurationField path="settings.waitingMs" />
        <DurationField path="settings.confirmMs" never={t('admin-queues.confirmUsual')} />
        <NumberField path="settings.reopenWithinDays" min={0} max={366} step={1} />
      </FormSection>
      <FormSection {...section('survey')}>
        <SwitchField path="settings.survey.enabled" />
        {form.values['settings.survey.enabled'] === true && <SurveyFields />}
      </FormSection>
    </>
  );
}

function SurveyFields() {
  const { t } = useTranslation();
  const kinds = ['live-chat', 'open'].map((id) => ({ id, name: t(`admin.kinds.${id}`) }));
  return (
    <>
      <ChecksField path="settings.survey.channelKinds" items={kinds} />
      <DurationField path="settings.survey.expiryMs" never={t('admin-queues.confirmUsual')} />
      {['question', 'commentQuestion', 'thanks'].map((name) => (
        <TextField
          key={name}
          path={`settings.survey.${name}`}
          empty={undefined}
          placeholder={t(`admin-queues.surveyUsual.${name}`)}
          wide
        />
      ))}
    </>
  );
}
