/** `npm run build`: dist/, the bundle of the workflows and the screens, without any engine. */
import '../node-version.mjs';

const { runCommand } = await import('../failure.mjs');
const { setup } = await import('../setup.mjs');

await runCommand(() => setup({ postgres: false, temporal: false }));
