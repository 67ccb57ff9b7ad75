import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Shortcut as people read it: `$mod+Enter` is Ctrl+Enter, or ⌘+Enter. */
export function KeyHint({ keys }: { readonly keys: string }) {
  const { t } = useTranslation();
  const names: Readonly<Record<string, string>> = {
    $mod: isMac ? '⌘' : t('app.keyNames.ctrl'),
    Shift: t('app.keyNames.shift'),
    Alt: isMac ? '⌥' : t('app.keyNames.alt'),
    Enter: t('app.keyNames.enter'),
    Escape: t('app.keyNames.escape'),
  };
  const presses = keys.split(' ');
  return (
    <span className="key-hint">
      {presses.map((press, at) => (
        <Fragment key={at}>
          {at > 0 && ' '}
          <kbd>
            {press
              .replace(/^Shift\+(?=[?/])/, '')
              .split('+')
              .map((part) => names[part] ?? part.toUpperCase().replace(/^KEY/, ''))
              .join(' + ')}
          </kbd>
        </Fragment>
      ))}
    </span>
  );
}
