import { Command } from 'cmdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from './key-hint';
import { useActions, useAllActions } from './registry';
import './palette.css';

/** All that can be done now, to be found by its name. Opened by Mod+K. */
export function Palette() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const actions = useAllActions();
  useActions([
    {
      id: 'palette',
      keys: ['$mod+k'],
      group: 'everywhere',
      inFields: true,
      run: () => setOpen((was) => !was),
    },
  ]);
  const offered = actions.filter(({ id, disabled }) => id !== 'palette' && !disabled);
  return (
    <Command.Dialog
      open={open}
      onOpenChange={setOpen}
      label={t('app.palette.title')}
      className="palette"
      overlayClassName="dialog-shade"
      contentClassName="dialog"
      loop
    >
      <Command.Input placeholder={t('app.palette.placeholder')} className="palette-input" />
      <Command.List className="palette-list" label={t('app.palette.title')}>
        <Command.Empty className="palette-empty">{t('app.palette.nothing')}</Command.Empty>
        {offered.map((action) => (
          <Command.Item
            key={action.id}
            value={`${action.words ?? t(`keys.${action.id}`)} ${action.id}`}
            className="palette-item"
            onSelect={() => {
              setOpen(false);
              // After the palette has given the focus back, so that the act may take it.
              setTimeout(action.run, 0);
            }}
          >
            <span>{action.words ?? t(`keys.${action.id}`)}</span>
            {action.keys[0] && <KeyHint keys={action.keys[0]} />}
          </Command.Item>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
