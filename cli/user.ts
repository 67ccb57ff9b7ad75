import { Command, Option } from 'commander';
import { randomBytes } from 'node:crypto';
import { emailAddress } from '../contracts/shapes';
import { AppError } from '../core/errors';
import { createAgent } from '../db/agents/agents';
import { newId } from '../db/ids';
import { hashPassword } from '../platform/passwords';
import { Failure } from './failure';
import { findPlace, withDatabase } from './place';

const ROLES = ['agent', 'supervisor', 'admin'] as const;

/** `switchyard user`: the first admin of an installation, or one more when nobody can sign in. */
export const userCommand = (): Command =>
  new Command('user')
    .description('add somebody who can sign in, with a password that is shown once')
    .argument('<email>', 'address to sign in with')
    .option('--name <name>', 'what others see; the address where it is left out')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).default('admin'))
    .action(async (given: string, options: { name?: string; role: (typeof ROLES)[number] }) => {
      const email = emailAddress.safeParse(given);
      if (!email.success) throw new Failure(`${given} is no e-mail address.`);
      const password = randomBytes(15).toString('base64url');
      await withDatabase(findPlace(), async (db) => {
        const wanted = {
          email: email.data,
          name: options.name ?? email.data,
          role: options.role,
          passwordHash: await hashPassword(password),
        };
        const added = createAgent(db, { kind: 'operator', id: null }, newId(), wanted);
        await added.catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          throw new Failure(`Somebody signs in with ${email.data} already.`);
        });
      });
      process.stdout.write(`${options.role} ${email.data}, password ${password}\n`);
    });
