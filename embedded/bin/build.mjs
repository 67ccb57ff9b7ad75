/** `npm run build`: dist/ and the bundle of the workflows, without any engine. */
import '../node-version.mjs';

const { runCommand } = await import('../failure.mjs');
const { setup } = await import('../setup.mjs');

await runCommand(() => setup({ postgres: false, temporal: false }));
