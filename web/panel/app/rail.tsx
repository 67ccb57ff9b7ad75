import { useNavigate, useRouterState } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../keys/registry';
import { AccountMenu } from '../session/account-menu';
import { useMe } from '../session/session';
import { PLACES } from './places';

/** The way to every place, and one's own state. */
export function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const places = PLACES.filter(({ roles }) => roles === undefined || roles.includes(me.role));
  const go = (to: string): void => void navigate({ to });
  useActions([
    ...places.map(({ path: to, action, keys }) => ({
      id: action,
      keys: [keys],
      group: 'go' as const,
      run: () => go(to),
    })),
    { id: 'help', keys: ['Shift+?'], group: 'everywhere' as const, run: () => go('/help') },
    {
      id: 'leaveField',
      keys: ['Escape'],
      group: 'everywhere' as const,
      inFields: true,
      run: () => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
    },
  ]);
  return (
    <nav className="rail" aria-label={t('app.places.label')}>
      <img src="/icon.svg" alt="Switchyard" width="28" height="28" />
      <ul>
        {places.map(({ id, path: to, icon: Icon }) => (
          <li key={id}>
            <RailLink to={to} here={path.startsWith(to)} label={t(`app.places.${id}`)} go={go}>
              <Icon size={20} aria-hidden />
            </RailLink>
          </li>
        ))}
      </ul>
      <div className="rail-end">
        <RailLink to="/help" here={path === '/help'} label={t('app.places.help')} go={go}>
          <CircleHelp size={20} aria-hidden />
        </RailLink>
        <AccountMenu />
      </div>
    </nav>
  );
}

function RailLink(props: {
  readonly to: string;
  readonly here: boolean;
  readonly label: string;
  readonly go: (to: string) => void;
  readonly children: React.ReactNode;
}) {
  const { to, here, label, go, children } = props;
  return (
    <a
      href={to}
      title={label}
      aria-label={label}
      aria-current={here ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
