import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot, readJson } from './paths.mjs';
import { remember, stillRuns } from './processes.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const leftFile = inRoot('.cache', 'running.json');
let isSettingUp = false;

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
 * Runs a command to its end. It ends with us: by Ctrl-C or a signal at once, and after a kill that
 * we cannot hear, when the next set-up finds it in `leftFile`.
 *
 * @returns {Promise<{ code: number | null, output: string }>} output is the end of what it said;
 *   code is null when it was killed or could not be started
 */
export function run(command, args, options = {}) {
  const { onOutput, timeoutMs, ...rest } = options;
  return new Promise((resolve) => {
    let output = '';
    // A group of its own, so that its own children can be ended with it.
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      ...rest,
    });
    const hear = (chunk) => {
      output = (output + chunk).slice(-8_192);
      onOutput?.(String(chunk));
    };
    const endWithUs = (signal, number) => {
      endGroup(child.pid);
      process.exit(128 + number);
    };
    const done = (code) => {
      for (const signal of signals) process.off(signal, endWithUs);
      resolve({ code, output: output.trim() });
    };
    for (const signal of signals) process.on(signal, endWithUs);
    if (child.pid) keepInMind(child.pid);
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => {
      output ||= error.message;
      done(null);
    });
    child.once('close', done);
  });
}

/**
 * For who holds the lock of set-up: ends the command that a killed set-up left running, and lets
 * the next one do the same for ours.
 */
export function takeOverCommands() {
  const left = readJson(leftFile);
  if (stillRuns(left)) endGroup(left.pid);
  rmSync(leftFile, { force: true });
  isSettingUp = true;
}

/** Set-up is over: commands that run from now on are nobody else's business. */
export function leaveCommands() {
  isSettingUp = false;
  rmSync(leftFile, { force: true });
}

function keepInMind(pid) {
  if (!isSettingUp) return;
  mkdirSync(dirname(leftFile), { recursive: true });
  writeFileSync(leftFile, JSON.stringify(remember(pid)));
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
