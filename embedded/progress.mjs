import { spawn } from 'node:child_process';

const everyMs = process.stderr.isTTY ? 1_000 : 15_000;

/**
 * Says what is being done and shows, until `work` settles, that it still is: a running clock on a
 * terminal, a line every 15 seconds elsewhere.
 */
export async function withProgress(what, work) {
  const since = Date.now();
  const seconds = () => Math.round((Date.now() - since) / 1000);
  process.stderr.write(`${what}\n`);
  const beat = setInterval(() => {
    const line = `  still at it, ${seconds()} s`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    const done = `  took ${seconds()} s`;
    process.stderr.write(process.stderr.isTTY ? `\r${done.padEnd(40)}\n` : `${done}\n`);
  }
}

/**
 * Runs a command to its end, in the same terminal group, so that Ctrl-C ends it too.
 *
 * @returns {Promise<{ code: number | null, output: string }>} output is the end of what it said;
 *   code is null when it was killed or could not be started
 */
export function run(command, args, options = {}) {
  const { onOutput, timeoutMs, ...rest } = options;
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      ...rest,
    });
    const hear = (chunk) => {
      output = (output + chunk).slice(-8_192);
      onOutput?.(String(chunk));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output: output.trim() }));
  });
}
