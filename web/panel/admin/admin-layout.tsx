import { Link, Outlet } from '@tanstack/react-router';
import { CalendarClock, Home, ListTree, MessagesSquare, ShieldCheck, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SaveSlot } from './form/save-slot';
import './admin.css';
import './form/form.css';

const SECTIONS = [
  { id: 'channels', icon: MessagesSquare },
  { id: 'queues', icon: ListTree },
  { id: 'calendars', icon: CalendarClock },
  { id: 'agents', icon: Users },
  { id: 'roles', icon: ShieldCheck },
  { id: 'settings', icon: Home },
] as const;

/** The sections of the administration beside the page of one of them. */
export function AdminLayout() {
  const { t } = useTranslation();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <div className="admin">
      <nav className="admin-sections" aria-label={t('admin.sections.label')}>
        <h2>{t('app.places.admin')}</h2>
        <ul>
          {SECTIONS.map(({ id, icon: Icon }) => (
            <li key={id}>
              <Link to={`/admin/${id}`} activeProps={{ 'aria-current': 'page' }}>
                <Icon size={16} aria-hidden />
                {t(`admin.sections.${id}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="admin-column">
        <main className="admin-page" id="main" tabIndex={0}>
          <SaveSlot.Provider value={slot}>
            <Outlet />
          </SaveSlot.Provider>
        </main>
        <div ref={setSlot} />
      </div>
    </div>
  );
}
