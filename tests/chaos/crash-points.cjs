/**
 * Loaded before a process of the product (`node --require`): ends it without a word at the point that
 * SWITCHYARD_CRASH_AT names, `who/when@path:count`, the count-th time it comes by. Points lie around what the
 * product does to the world (a commit, a signal, a call), so its own code need not know of them.
 */
'use strict';
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  endWithTheRun();
  const [, name, count] = /^\w+\/(.+):(\d+)$/.exec(process.env.SWITCHYARD_CRASH_AT ?? '') ?? [];
  if (name) arm(name, Number(count));
}

// A run that was killed takes its processes with it.
function endWithTheRun() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGKILL'), 1_000).unref();
}

function arm(name, count) {
  let left = count;
  const pass = (point) => {
    if (point !== name || --left > 0) return;
    writeSync(2, `\ncrash point ${process.env.SWITCHYARD_CRASH_AT}\n`);
    process.kill(process.pid, 'SIGKILL');
    // The signal is on its way; nothing may happen before it is here.
    for (;;);
  };
  aroundCommits(pass);
  aroundSignals(pass);
  aroundCalls(pass);
}

const claimOf =
  (...kinds) =>
  (sql, values) =>
    /INSERT INTO claim\b/.test(sql) && kinds.includes(values?.[2]);
const holds = (form) => (sql) => form.test(sql);

/**
 * The statement by which the transaction of a hot path is known. Of several in one transaction the first in this list
 * gives it its name: a projection also loads, a message may also bring a command.
 */
const PATHS = Object.entries({
  intake: holds(/INSERT INTO message\b[^]*'in', 'customer'[^]*FROM fresh/),
  receive: holds(/INSERT INTO message\b[^]*'in', 'customer'/),
  reply: holds(/INSERT INTO message\b[^]*\$5::direction/),
  lapse: claimOf('lapse'),
  decide: holds(/UPDATE command SET outcome/),
  deadline: holds(/UPDATE conversation SET "version" =/),
  'hand-out': claimOf('offer', 'assign'),
  claim: claimOf('accept', 'reject', 'take'),
  command: holds(/INSERT INTO command\b[^]*giver_id, key/),
  lease: holds(/UPDATE message SET[^]*"attempts"/),
  mark: holds(/FROM message WHERE id = \$1 AND lease_token = \$2/),
  load: holds(/SET seen_claim_no = claim_no/),
  // The relay's two: they mark what will be rung.
  ring: holds(/^\s*WITH due\b[^]*seen_claim_no/),
  deliver: holds(/^\s*WITH due\b[^]*delivery IN/),
});

const pathOf = (sql, values) => PATHS.findIndex(([, is]) => is(sql, values));

function aroundCommits(pass) {
  const { Client } = require('pg');
  const { query } = Client.prototype;
  const begun = new WeakMap();
  Client.prototype.query = function (config, ...rest) {
    const sql = typeof config === 'string' ? config : (config?.text ?? '');
    const values = Array.isArray(rest[0]) ? rest[0] : config?.values;
    if (sql === 'BEGIN') begun.set(this, Infinity);
    // What says that a hand-out is served: without it the relay serves it again.
    if (/^\s*DELETE FROM hand_out\b/.test(sql)) pass('before-mark@hand-out');
    const found = pathOf(sql, values);
    const inside = begun.has(this);
    if (inside && found >= 0) begun.set(this, Math.min(found, begun.get(this)));
    if (inside && sql !== 'COMMIT') return query.call(this, config, ...rest);
    // A statement alone is committed with itself.
    const path = PATHS[inside ? begun.get(this) : found]?.[0];
    begun.delete(this);
    if (!path) return query.call(this, config, ...rest);
    pass(`before-commit@${path}`);
    return withResult(query, this, [config, ...rest], (result) => {
      // A relay that found nothing has marked nothing.
      if (inside || result?.rowCount > 0) pass(`after-commit@${path}`);
    });
  };
}

/** Calls `query`, which answers by a promise or a callback, and shows `see` the result first. */
function withResult(query, client, args, see) {
  const last = args.at(-1);
  if (typeof last === 'function') {
    const back = (error, result) => {
      if (!error) see(result);
      last(error, result);
    };
    return query.apply(client, [...args.slice(0, -1), back]);
  }
  const answer = query.apply(client, args);
  return answer?.then
    ? answer.then((result) => {
        see(result);
        return result;
      })
    : answer;
}

const CLAIMS = new Set(['accept', 'reject', 'take', 'offer', 'assign', 'lapse', 'withdraw']);
const kindOf = (signal) =>
  CLAIMS.has(signal) ? 'claim' : ['check', 'deliver'].includes(signal) ? signal : 'command';

function aroundSignals(pass) {
  const { WorkflowClient } = require('@temporalio/client');
  const { signalWithStart, start } = WorkflowClient.prototype;
  WorkflowClient.prototype.signalWithStart = async function (type, options) {
    const handle = await signalWithStart.call(this, type, options);
    pass(`after-signal@${kindOf(options.signal)}`);
    return handle;
  };
  WorkflowClient.prototype.start = async function (type, options) {
    const handle = await start.call(this, type, options);
    if (type === 'conversation') pass('after-start@reconcile');
    return handle;
  };
}

function aroundCalls(pass) {
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) => {
    const response = await fetch(...args);
    pass('after-call@vendor');
    return response;
  };
}
