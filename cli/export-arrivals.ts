import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import {
  readRecordedConversations,
  readRecordedOffers,
} from '../db/simulation/recorded-conversations';
import { Failure } from './failure';
import { findPlace, withDatabase } from './place';
import type { ArrivalsFile } from './simulate/files';

/** How long agents stay away whom missed offers have paused: not recorded, so assumed. */
const PAUSED_MS = 300_000;

/** `switchyard export-arrivals`: ids, kinds and durations only, no text, no names, no addresses. */
export const exportArrivalsCommand = (): Command =>
  new Command('export-arrivals')
    .description('write down when conversations came and how long they took, to be simulated')
    .requiredOption('--from <instant>', 'the first moment, as in 2026-11-02T00:00:00Z')
    .requiredOption('--to <instant>', 'the moment after the last')
    .option('--zone <zone>', 'IANA zone of the shifts', 'UTC')
    .option('--out <file>', 'where to; standard output where it is left out')
    .action(async (options: { from: string; to: string; zone: string; out?: string }) => {
      const from = instantOf(options.from);
      const to = instantOf(options.to);
      if (to <= from) throw new Failure('--to must be after --from.');
      const [recorded, offers] = await withDatabase(findPlace(), (db) =>
        Promise.all([
          readRecordedConversations(db, from, to),
          readRecordedOffers(db, from, to),
        ] as const),
      );
      const content: ArrivalsFile = {
        from: from.toISOString(),
        until: to.toISOString(),
        zone: options.zone,
        ...(offers && {
          manners: {
            accept: offers.accepted / offers.made,
            reject: offers.rejected / offers.made,
            answer: { kind: 'exponential', meanMs: offers.answerMs },
            pausedMs: PAUSED_MS,
          },
        }),
        conversations: recorded.map(({ at, queueId, skills, ...one }) => ({
          at: new Date(at).toISOString(),
          queue: queueId,
          ...one,
          requiredSkills: [...skills.required],
          preferredSkills: [...skills.preferred],
        })) as ArrivalsFile['conversations'],
      };
      const text = `${JSON.stringify(content)}\n`;
      if (options.out === undefined) process.stdout.write(text);
      else writeFileSync(options.out, text);
    });

function instantOf(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new Failure(`${text} is no instant: write 2026-11-02T00:00:00Z.`);
  return at;
}
