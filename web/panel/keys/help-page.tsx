import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from './key-hint';
import { letSingleKeysAct, singleKeysAct } from './listen';
import './help-page.css';

interface Row {
  readonly id: string;
  readonly keys: readonly string[];
}

/** The shortcuts of every screen, so that the page also tells those which the page before it had. */
const GROUPS: Readonly<Record<string, readonly Row[]>> = {
  everywhere: [
    { id: 'palette', keys: ['$mod+k'] },
    { id: 'help', keys: ['Shift+?'] },
    { id: 'acceptOffer', keys: ['Alt+Enter'] },
    { id: 'pause', keys: ['Alt+KeyP'] },
    { id: 'saveForm', keys: ['$mod+s'] },
    { id: 'leaveField', keys: ['Escape'] },
  ],
  go: [
    { id: 'goInbox', keys: ['g i'] },
    { id: 'goSupervise', keys: ['g s'] },
    { id: 'goUnassigned', keys: ['g u'] },
    { id: 'goClosed', keys: ['g c'] },
    { id: 'goAdmin', keys: ['g a'] },
    { id: 'next', keys: ['j'] },
    { id: 'previous', keys: ['k'] },
    { id: 'search', keys: ['/'] },
  ],
  conversation: [
    { id: 'take', keys: ['a'] },
    { id: 'transfer', keys: ['t'] },
    { id: 'wait', keys: ['s'] },
    { id: 'solve', keys: ['d'] },
    { id: 'close', keys: ['e'] },
    { id: 'subject', keys: ['u'] },
  ],
  write: [
    { id: 'reply', keys: ['r'] },
    { id: 'note', keys: ['n'] },
    { id: 'send', keys: ['$mod+Enter'] },
    { id: 'sendAndSolve', keys: ['$mod+Shift+Enter'] },
  ],
};

/** What every key does, and the switch for those who want no single letters to act. */
export function HelpPage() {
  const { t } = useTranslation();
  const [single, setSingle] = useState(singleKeysAct());
  return (
    <main className="help-page" id="main" tabIndex={-1}>
      <h1>{t('app.help.title')}</h1>
      <p>{t('app.help.intro')}</p>
      <label className="help-switch">
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            letSingleKeysAct(event.target.checked);
            setSingle(event.target.checked);
          }}
        />
        {t('app.help.singleKeys')}
      </label>
      <div className="help-groups">
        {Object.entries(GROUPS).map(([group, rows]) => (
          <section key={group} aria-labelledby={`help-${group}`}>
            <h2 id={`help-${group}`}>{t(`app.help.groups.${group}`)}</h2>
            <dl>
              {rows.map(({ id, keys }) => (
                <div key={id}>
                  <dt>{t(`keys.${id}`)}</dt>
                  <dd>{keys[0] && <KeyHint keys={keys[0]} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </main>
  );
}
