import { execFileSync, spawn } from 'node:child_process';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process of this id runs (also when it belongs to somebody else). */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

// A killed child that nobody has waited for still answers to signal 0.
function isZombie(pid) {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The command line of a running process, its words parted by spaces; empty when it is gone. */
function commandLine(pid) {
  try {
    if (existsSync('/proc/self/cmdline')) {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    }
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], options).trim();
  } catch {
    return '';
  }
}

/** A process as a file can remember it: ids are used again, but not with the same birth. */
export const remember = (pid) => ({ pid, born: birthOf(pid) });

/** Whether the remembered process is still that one and runs. */
export function stillRuns(remembered) {
  const { pid, born } = remembered ?? {};
  if (!Number.isInteger(pid) || pid <= 1 || !born) return false;
  return isAlive(pid) && birthOf(pid) === born;
}

function birthOf(pid) {
  try {
    if (existsSync('/proc/self/stat')) {
      // Start time in clock ticks since boot; the name before it may hold blanks and brackets.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim();
  } catch {
    return undefined;
  }
}

/**
 * Whether `pid` is the process it was recorded as: ids are used again, so its command line must
 * hold every one of `marks`.
 */
export function isOurs(pid, marks) {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  const line = commandLine(pid);
  return marks.every((mark) => line.includes(mark));
}

/** Stops a process, politely first. Resolves when it is gone; rejects when it cannot be stopped. */
export async function stopProcess(pid, { signal = 'SIGTERM', graceMs = 15_000, last = 'SIGKILL' }) {
  for (const [step, waitMs] of [
    [signal, graceMs],
    [last, 5_000],
  ]) {
    try {
      process.kill(pid, step);
    } catch (error) {
      if (error.code === 'ESRCH') return;
      throw error;
    }
    if (await becomesTrue(() => !isAlive(pid), waitMs)) return;
  }
  throw new Error(`Process ${pid} did not stop.`);
}

/** Asks `check` again and again; resolves true as soon as it holds, false after `withinMs`. */
export async function becomesTrue(check, withinMs, everyMs = 25) {
  const end = Date.now() + withinMs;
  for (;;) {
    if (await check()) return true;
    if (Date.now() >= end) return false;
    await sleep(everyMs);
  }
}

/**
 * Status and text of what an address of this machine answers; rejects where nothing does within two seconds. (Not by
 * `fetch`, whose code is large and would stay in memory for a few looks at the start.)
 */
export function ask(url) {
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: 2_000, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
      answer.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer`)));
    request.on('error', reject);
  });
}

/** Whether nothing listens on this port. A privileged or forbidden port counts as taken. */
export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A free port of 127.0.0.1, the wished one if it is free. */
export async function freePort(wish) {
  if (Number.isInteger(wish) && wish > 0 && (await isPortFree(wish))) return wish;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a long-running process in a session of its own (so that Ctrl-C reaches only us, and we
 * stop things in order) with its output in a file. `exited` resolves with how it ended.
 */
export function startProcess(command, args, options) {
  const child = spawn(command, args, { detached: true, ...options });
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  let isRunning = true;
  void exited.then(() => (isRunning = false));
  return { child, pid: child.pid, exited, isRunning: () => isRunning };
}
