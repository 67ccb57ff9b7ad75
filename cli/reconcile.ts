import { Command } from 'commander';
import { prepareTemporal, reconcilePage } from '../activities/reconcile';
import { createDoorbell } from '../platform/doorbell';
import { findPlace, withDatabase, withTemporal } from './place';

/** `switchyard reconcile`. */
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
          do {
            const done = await page(after);
            conversations += done.conversations;
            deliveries += done.deliveries;
            after = done.next;
          } while (after !== null);
          console.log(`${conversations} conversations have their workflow.`);
          console.log(`${deliveries} conversations have messages on their way out.`);
        }),
      );
    });
