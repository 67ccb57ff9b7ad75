import { Smile } from 'lucide-react';
import { Popover } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Comes with its table of all emoji, so only once somebody wants one. */
const EmojiPicker = lazy(() => import('./emoji-picker'));

export function EmojiButton({ insert }: { readonly insert: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="button icon quiet"
        aria-label={t('conversation.emoji')}
        title={t('conversation.emoji')}
      >
        <Smile size={18} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="emoji-popover"
          side="top"
          align="start"
          aria-label={t('conversation.emoji')}
        >
          <Suspense fallback={<p className="emoji-loading">{t('app.starting')}</p>}>
            <EmojiPicker
              choose={(emoji) => {
                setOpen(false);
                insert(emoji);
              }}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
