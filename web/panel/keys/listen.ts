import { createKeybindingsHandler } from 'tinykeys';
import { currentActions, type Action } from './registry';

const STORED = 'switchyard.single-keys';

/** Whether letters alone act. Some people's tools type them by accident (WCAG 2.1.4). */
export function singleKeysAct(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Switches letters alone on or off, on this computer. */
export function letSingleKeysAct(act: boolean): void {
  try {
    localStorage.setItem(STORED, act ? 'on' : 'off');
  } catch {
    // Storage is switched off: they act.
  }
}

/** Hears the keys of the whole page until the returned function is called. */
export function listenToKeys(): () => void {
  let known: readonly Action[] = [];
  let handle: (event: Event) => void = () => undefined;
  const onKey = (event: KeyboardEvent): void => {
    const actions = currentActions();
    if (actions !== known) {
      known = actions;
      handle = createKeybindingsHandler(bindingsOf(actions));
    }
    handle(event);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

function bindingsOf(actions: readonly Action[]): Record<string, (event: KeyboardEvent) => void> {
  return Object.fromEntries(
    actions.flatMap((action) =>
      action.keys.map((keys) => [keys, (event: KeyboardEvent) => act(action, keys, event)]),
    ),
  );
}

function act(action: Action, keys: string, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || action.disabled) return;
  const isSingle = !/\$mod|Alt|Control|Meta/.test(keys) && !/Escape/.test(keys);
  if (isSingle && (!singleKeysAct() || isTyping(event))) return;
  if (!action.inFields && isTyping(event)) return;
  if (isSingle && document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) {
    return;
  }
  event.preventDefault();
  action.run();
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  const buttons = ['button', 'checkbox', 'radio', 'submit', 'range'];
  return target instanceof HTMLInputElement && !buttons.includes(target.type);
}
