/** How somebody wants to be told, on this computer. */
export interface Preferences {
  readonly sounds: boolean;
  readonly desktop: boolean;
}

const STORED = 'switchyard.notifications';
const DEFAULT: Preferences = { sounds: true, desktop: false };

export function preferences(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Preferences>;
    return { ...DEFAULT, ...stored };
  } catch {
    return DEFAULT;
  }
}

export function storePreferences(wanted: Preferences): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(wanted));
  } catch {
    // Storage is switched off: the defaults hold.
  }
}

/** Asks the browser to let us show notifications; only ever after somebody asked us for them. */
export async function wantDesktop(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}
