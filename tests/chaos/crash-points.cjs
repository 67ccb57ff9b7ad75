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
  afterSignals(pass);
  afterCalls(pass);
}

/** The statement by which a transaction of a hot path is known. */
const STATEMENTS = {
  receive: /INSERT INTO message \([^]*'in', 'customer'/,
  reply: /INSERT INTO message \([^]*\$5::direction/,
  command: /INSERT INTO command \([^]*giver_id, key/,
  claim: /INSERT INTO claim\b/,
  decide: /UPDATE command SET outcome/,
  load: /SET seen_claim_no = claim_no/,
  lease: /UPDATE message SET[^]*"attempts"/,
  mark: /FROM message WHERE id = \$1 AND lease_token = \$2/,
};

function aroundCommits(pass) {
  const { Client } = require('pg');
  const { query } = Client.prototype;
  const paths = new WeakMap();
  Client.prototype.query = function (config, ...rest) {
    const sql = typeof config === 'string' ? config : (config?.text ?? '');
    if (sql === 'BEGIN') paths.set(this, new Set());
    const known = paths.get(this);
    if (!known) return query.call(this, config, ...rest);
    for (const [path, form] of Object.entries(STATEMENTS)) if (form.test(sql)) known.add(path);
    if (sql !== 'COMMIT') return query.call(this, config, ...rest);
    paths.delete(this);
    for (const path of known) pass(`before-commit@${path}`);
    const result = query.call(this, config, ...rest);
    return result.then((value) => {
      for (const path of known) pass(`after-commit@${path}`);
      return value;
    });
  };
}

function afterSignals(pass) {
  const { WorkflowClient } = require('@temporalio/client');
  const { signalWithStart } = WorkflowClient.prototype;
  WorkflowClient.prototype.signalWithStart = async function (type, options) {
    const handle = await signalWithStart.call(this, type, options);
    pass(`after-signal@${options.signal === 'deliver' ? 'deliver' : 'ring'}`);
    return handle;
  };
}

function afterCalls(pass) {
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) => {
    const response = await fetch(...args);
    pass('after-call@vendor');
    return response;
  };
}
