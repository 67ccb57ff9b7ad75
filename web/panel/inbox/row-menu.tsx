import { DropdownMenu } from 'radix-ui';
import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { CloseDialog } from '../acts/close-dialog';
import { TransferDialog } from '../acts/transfer-dialog';

/** What can be done to a conversation from the list. */
export function RowMenu({ row, name }: { readonly row: ConversationShape; readonly name: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'close' | 'transfer' | null>(null);
  const leave = (): void => setAsked(null);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className="button icon quiet small row-act"
          aria-label={t('inbox.menuOf', { name })}
        >
          <EllipsisVertical size={16} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end">
            <DropdownMenu.Item
              disabled={row.status === 'solved'}
              onSelect={() => setAsked('transfer')}
            >
              {t('keys.transfer')}
            </DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => setAsked('close')}>
              {t('keys.close')}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {asked === 'close' && <CloseDialog conversation={row} leave={leave} />}
      {asked === 'transfer' && <TransferDialog conversation={row} leave={leave} />}
    </>
  );
}
