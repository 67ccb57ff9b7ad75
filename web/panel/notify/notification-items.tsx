import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { preferences, storePreferences, wantDesktop, type Preferences } from './preferences';
import { sound } from './sounds';

/** How one is told of news, as items of a menu. */
export function NotificationItems() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(preferences());
  const keep = (change: Partial<Preferences>): void => {
    const after = { ...wanted, ...change };
    storePreferences(after);
    setWanted(after);
  };
  const desktop = async (on: boolean): Promise<void> => {
    if (on && !(await wantDesktop())) {
      toast.error(t('session.notifications.refused'));
      return;
    }
    keep({ desktop: on });
  };
  return (
    <>
      <p className="menu-label">{t('session.notifications.title')}</p>
      <Item
        checked={wanted.sounds}
        words={t('session.notifications.sounds')}
        change={(sounds) => keep({ sounds })}
      />
      <Item
        checked={wanted.desktop}
        words={t('session.notifications.desktop')}
        change={(on) => void desktop(on)}
      />
      <DropdownMenu.Item
        onSelect={(event) => {
          event.preventDefault();
          sound('offer');
        }}
      >
        {t('session.notifications.test')}
      </DropdownMenu.Item>
    </>
  );
}

function Item(props: {
  readonly checked: boolean;
  readonly words: string;
  readonly change: (checked: boolean) => void;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={props.checked}
      onCheckedChange={props.change}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="menu-check" aria-hidden>
        <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
      </span>
      {props.words}
    </DropdownMenu.CheckboxItem>
  );
}
