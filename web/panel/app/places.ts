/** Where one can go: the rail, its shortcuts and who sees what. A place comes here with its screens, not before. */
import { Inbox, MonitorDot, Settings, type LucideIcon } from 'lucide-react';

export interface Place {
  /** Its words are `app.places.<id>`, what its key does `keys.<action>`. */
  readonly id: string;
  readonly path: string;
  readonly icon: LucideIcon;
  readonly action: string;
  readonly keys: string;
  /** Roles that see it; nothing means everybody. */
  readonly roles?: readonly ('agent' | 'supervisor' | 'admin')[];
}

export const PLACES: readonly Place[] = [
  { id: 'inbox', path: '/inbox', icon: Inbox, action: 'goInbox', keys: 'g i' },
  {
    id: 'supervise',
    path: '/supervise',
    icon: MonitorDot,
    action: 'goSupervise',
    keys: 'g s',
    roles: ['supervisor', 'admin'],
  },
  {
    id: 'admin',
    path: '/admin',
    icon: Settings,
    action: 'goAdmin',
    keys: 'g a',
    roles: ['supervisor', 'admin'],
  },
];
