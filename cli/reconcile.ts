import { Command } from 'commander';
import { prepareTemporal } from '../activities/prepare-temporal';
import { reconcilePage } from '../activities/reconcile';
import { healthFigures, type HealthFigures } from '../db/health';
import { createDoorbell } from '../platform/doorbell';
import { findPlace, withDatabase, withTemporal } from './place';

/** Of many conversations it says now and then how far it has come. */
const TELL_EVERY_MS = 5_000;

/** `switchyard reconcile`. It may be broken off and run again: what runs is left alone. */
export const reconcileCommand = (): Command =>
  new Command('reconcile')
    .description('start the workflows that are missing in Temporal, from what the database says')
    .action(async () => {
      const place = findPlace();
      await withDatabase(place, (db) =>
        withTemporal(place, async (client) => {
          await prepareTemporal(client)();
          const page = reconcilePage(db, client, createDoorbell(client));
          let after: string | null = null;
          let [conversations, deliveries] = [0, 0];
          let told = Date.now();
          do {
            const done = await page(after);
            conversations += done.conversations;
            deliveries += done.deliveries;
            after = done.next;
            if (after !== null && Date.now() - told > TELL_EVERY_MS) {
              console.log(`${count(conversations, 'conversation')} so far.`);
              told = Date.now();
            }
          } while (after !== null);
          console.log(`${count(conversations, 'unclosed conversation')}: each has its workflow.`);
          console.log(`${count(deliveries, 'conversation')} with messages to be sent outside.`);
          for (const line of tellOrphans(await healthFigures(db))) console.log(line);
        }),
      );
    });

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const KINDS: Readonly<Record<keyof HealthFigures['orphans'], string>> = {
  nowhere: 'open, but with no agent, no place in line and no deadline',
  passedDeadline: 'with a deadline that passed more than 30 s ago',
  undecidedCommand: 'commands that nobody has decided for more than 60 s',
  pendingMessage: 'messages that wait to be sent for more than 5 min',
};

function tellOrphans({ orphans }: HealthFigures): string[] {
  const found = Object.entries(KINDS).filter(
    ([kind]) => orphans[kind as keyof HealthFigures['orphans']] > 0,
  );
  if (found.length === 0) return ['Nothing is left alone.'];
  return [
    'Left alone at this moment (look again in a minute; docs/operating.md says what to do then):',
    ...found.map(
      ([kind, words]) => `  ${orphans[kind as keyof HealthFigures['orphans']]}  ${words}`,
    ),
  ];
}
