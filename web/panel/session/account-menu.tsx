import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenTheme, chooseTheme, THEMES, type Theme } from '../../ui/theme';
import { codeOf } from '../api/api-error';
import { useTellFailure } from '../api/tell-failure';
import { changeLanguage } from '../i18n/i18n';
import { LANGUAGES, type Language } from '../i18n/languages';
import { useActions } from '../keys/registry';
import { LeaveDialog } from './leave-dialog';
import { PAUSE_REASONS, useMyState } from './my-state';
import { signOut, useMe } from './session';
import './account-menu.css';

/** One's state, language and theme, and the way out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const tell = useTellFailure();
  const { change } = useMyState();
  const [theme, setTheme] = useState(chosenTheme());
  const [leaving, setLeaving] = useState(false);

  useActions([
    {
      id: 'pause',
      keys: ['Alt+KeyP'],
      group: 'everywhere',
      inFields: true,
      run: () => (me.state === 'available' ? change('paused', 'break') : change('available')),
    },
  ]);

  const leave = async (open?: 'keep' | 'release'): Promise<void> => {
    try {
      await signOut(open);
      setLeaving(false);
    } catch (error) {
      if (codeOf(error) === 'OPEN_CONVERSATIONS') setLeaving(true);
      else tell(error);
    }
  };

  const state = t(`session.states.${me.state}`);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className="account"
          data-state-of-agent={me.state}
          aria-label={t('session.account', { name: me.name, state })}
        >
          <span className="account-initials" data-initials={initials(me.name)} aria-hidden />
          <span className="account-dot" aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" side="right" align="end" sideOffset={8}>
            <p className="menu-label">
              <strong>{me.name}</strong> · {state}
            </p>
            <DropdownMenu.Item
              disabled={me.state === 'available'}
              onSelect={() => change('available')}
            >
              {t('session.becomeAvailable')}
            </DropdownMenu.Item>
            <p className="menu-label">{t('session.pauseFor')}</p>
            {PAUSE_REASONS.map((reason) => (
              <DropdownMenu.Item key={reason} onSelect={() => change('paused', reason)}>
                {t(`session.reasons.${reason}`)}
              </DropdownMenu.Item>
            ))}
            <hr />
            <p className="menu-label">{t('session.theme')}</p>
            <DropdownMenu.RadioGroup
              value={theme}
              onValueChange={(value) => {
                chooseTheme(value as Theme);
                setTheme(value as Theme);
              }}
            >
              {THEMES.map((one) => (
                <Choice key={one} value={one} words={t(`session.themes.${one}`)} />
              ))}
            </DropdownMenu.RadioGroup>
            <p className="menu-label">{t('session.language')}</p>
            <DropdownMenu.RadioGroup
              value={i18n.language}
              onValueChange={(value) => void changeLanguage(value as Language)}
            >
              {Object.entries(LANGUAGES).map(([code, name]) => (
                <Choice key={code} value={code} words={name} lang={code} />
              ))}
            </DropdownMenu.RadioGroup>
            <hr />
            <DropdownMenu.Item onSelect={() => void leave()}>
              {t('session.signOut')}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <LeaveDialog open={leaving} onOpenChange={setLeaving} leave={(open) => void leave(open)} />
    </>
  );
}

function Choice(props: { readonly value: string; readonly words: string; readonly lang?: string }) {
  return (
    <DropdownMenu.RadioItem value={props.value} lang={props.lang}>
      <span className="menu-check" aria-hidden>
        <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
      </span>
      {props.words}
    </DropdownMenu.RadioItem>
  );
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();
