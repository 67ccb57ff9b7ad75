import { render } from 'preact';
import type { Init } from './state/host';
import { start } from './state/start';
import { App } from './views/app';

/** Shows the window, and begins. */
export function run(met: Init): void {
  const root = document.getElementById('app');
  if (root) render(<App />, root);
  void start(met);
}
