import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { join } from 'node:path';

const { plugin } = jest.requireActual<{ plugin: NonNullable<Linter.Config['plugins']>[string] }>(
  '../eslint.direction.cjs',
);

function faults(file: string, code: string): string[] {
  const found = new Linter({ cwd: process.cwd() }).verify(
    code,
    [
      {
        files: ['**/*.ts'],
        languageOptions: { parser },
        plugins: { switchyard: plugin },
        rules: { 'switchyard/direction': 'error' },
      },
    ],
    { filename: join(process.cwd(), file) },
  );
  return found.map((problem) => problem.message);
}

describe('the direction of imports', () => {
  test.each([
    ['core/x.ts', `import express from 'express';`],
    ['core/x.ts', `import { readFileSync } from 'node:fs';`],
    ['core/x.ts', `import { readFileSync } from 'fs/promises';`],
    ['core/x.ts', `import type { Tx } from '../db/client';`],
    ['core/x.ts', `export * from '../contracts/endpoint';`],
    ['contracts/http/x.ts', `import { Router } from 'express';`],
    ['contracts/http/x.ts', `import type { Tx } from '../../db/client';`],
    ['workflows/x.ts', `import { createActivities } from '../activities';`],
    ['workflows/x.ts', `import { load } from '../activities/load';`],
    ['workflows/x.ts', `import type { Tx } from '../db/client';`],
    ['workflows/x.ts', `import { shape } from '../contracts/realtime';`],
    ['workflows/x.ts', `import { log } from '../platform/logger';`],
    ['workflows/x.ts', `import { createHash } from 'node:crypto';`],
    ['workflows/x.ts', `import { Client } from '@temporalio/client';`],
    ['workflows/x.ts', `const late = import('../activities/load');`],
    ['activities/x.ts', `import { app } from '../api/app';`],
    ['activities/x.ts', `import { conversation } from '../workflows/conversation';`],
    ['activities/x.ts', `import { openChannel } from '../channels/open/channel';`],
    ['channels/open/x.ts', `import { database } from '../../db/client';`],
    ['channels/open/x.ts', `import type { ApiDeps } from '../../api/deps';`],
    ['channels/open/x.ts', `import { deliver } from '../../workflows/messages';`],
    ['channels/open/x.ts', `import { parse } from '../live-chat/parse';`],
    ['channels/open/x.ts', `import { log } from '../../platform/logger';`],
    ['channels/open/x.ts', `import { Pool } from 'pg';`],
    ['db/x.ts', `import type { ApiDeps } from '../api/deps';`],
    ['db/x.ts', `import { load } from '../activities/load';`],
    ['db/x.ts', `import { registry } from '../channels/registry';`],
    ['db/x.ts', `import { conversationWorkflowId } from '../workflows/ids';`],
    ['api/x.ts', `import { Worker } from '@temporalio/worker';`],
    ['api/x.ts', `import { load } from '../activities/load';`],
    ['api/x.ts', `import { conversation } from '../workflows/conversation';`],
    ['api/x.ts', `import { openChannel } from '../channels/open/channel';`],
    ['api/x.ts', `import { kinds } from '../channels/channel';`],
    ['api/x.ts', `import { main } from '../workers/main';`],
    ['api/x.ts', `import { PrismaClient } from '@prisma/client';`],
    ['api/x.ts', `import pg = require('pg');`],
    ['api/x.ts', `const pg = require('pg');`],
    ['platform/x.ts', `import { database } from '../db/client';`],
    ['platform/x.ts', `import { createApp } from '../api/app';`],
    ['platform/x.ts', `import { Pool } from 'pg';`],
    ['web/panel/x.ts', `import { Tx } from '../../db/client';`],
  ])('%s must not say %s', (file, code) => {
    expect(faults(file, code)).toHaveLength(1);
  });

  test.each([
    ['core/hours/x.ts', `import { DateTime } from 'luxon'; import { ERRORS } from '../errors';`],
    ['contracts/x.ts', `import { z } from 'zod'; import { ERRORS } from '../core/errors';`],
    ['workflows/x.ts', `import { proxyActivities } from '@temporalio/workflow';`],
    ['workflows/x.ts', `import type { Activities } from '../activities';`],
    ['workflows/x.ts', `import { decide } from '../core/conversation/decide';`],
    ['activities/x.ts', `import { registry } from '../channels/registry';`],
    ['activities/x.ts', `import { deliver } from '../workflows/messages';`],
    ['channels/registry.ts', `import { openChannel } from './open/channel';`],
    ['channels/open/x.ts', `import type { Channel } from '../channel';`],
    ['db/x.ts', `import { claimRefusal } from '../core/conversation/states'; import 'pg';`],
    ['api/x.ts', `import { deliver } from '../workflows/messages';`],
    ['api/x.ts', `import { conversationWorkflowId } from '../workflows/ids';`],
    ['api/x.ts', `import { receive } from '../channels/inbound';`],
    ['api/x.ts', `import type { Channel } from '../channels/channel';`],
    ['workers/main.ts', `import { createActivities } from '../activities'; import 'pg';`],
    ['db/x.test.ts', `import { createApp } from '../api/app';`],
  ])('%s may say %s', (file, code) => {
    expect(faults(file, code)).toEqual([]);
  });
});
