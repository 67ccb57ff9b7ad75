import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { useCommand } from '../acts/use-acts';
import { useActions } from '../keys/registry';

const HOUR_MS = 3_600_000;

/** Until when the customer is waited for: as long as the queue says, an hour, tomorrow morning, a week. */
const UNTIL: Readonly<Record<string, () => Date | null>> = {
  queue: () => null,
  hour: () => new Date(Date.now() + HOUR_MS),
  tomorrow: () => {
    const at = new Date(Date.now() + 24 * HOUR_MS);
    at.setHours(9, 0, 0, 0);
    return at;
  },
  week: () => new Date(Date.now() + 7 * 24 * HOUR_MS),
};

/** The ways to wait for the customer, as items of the status menu. */
export function WaitMenu({ conversation }: { readonly conversation: ConversationShape }) {
  const { t } = useTranslation();
  const { give } = useCommand();
  const wait = (name: string): void => {
    const until = UNTIL[name]?.();
    const args = until ? { until: until.toISOString() } : {};
    void give(conversation, { name: 'setWaiting', args });
  };
  const disabled = conversation.status !== 'open';
  return (
    <>
      <p className="menu-label">{t('conversation.waiting.title')}</p>
      {Object.keys(UNTIL).map((name) => (
        <DropdownMenu.Item key={name} disabled={disabled} onSelect={() => wait(name)}>
          {t(`conversation.waiting.${name}`)}
        </DropdownMenu.Item>
      ))}
      <hr />
    </>
  );
}

/** The key that waits as long as the queue says. */
export function useWaitKey(conversation: ConversationShape, may: boolean): void {
  const { give } = useCommand();
  useActions([
    {
      id: 'wait',
      keys: ['s'],
      group: 'conversation',
      disabled: !may || conversation.status !== 'open',
      run: () => void give(conversation, { name: 'setWaiting', args: {} }),
    },
  ]);
}
