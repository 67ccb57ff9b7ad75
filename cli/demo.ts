import { Command } from 'commander';
import { temporalPage } from '../platform/temporal-page';
import { conversationWorkflowId } from '../workflows/ids';
import { play, seeOut, type Cast } from './demo/play';
import { clearAway, playRouting, type RoutingCast } from './demo/play-routing';
import { Transcript } from './demo/transcript';
import { Failure } from './failure';
import { findPlace } from './place';

/** With time left to clear away within a minute. */
const AT_MOST_MS = 45_000;

/**
 * `switchyard demo`: ends with 0 only when the first conversation is closed with a rating and the second has gone from
 * agent to agent as it should.
 */
export const demoCommand = (): Command =>
  new Command('demo')
    .description('play customers and agents against the running product')
    .option('--json', 'print one JSON object instead of the transcript')
    .option('--url <url>', 'address of the API, where it is not the one that npm start runs')
    .action(async (options: { json?: true; url?: string }) => {
      const place = findPlace(options.url);
      const { url } = place;
      if (!url) {
        throw new Failure('Nothing runs here: "npm start" first, or give --url.');
      }
      const tell = options.json ? () => undefined : console.log;
      const transcript = new Transcript(tell);
      const cast: Cast = {};
      const others: RoutingCast = { agents: [], conversationId: '' };
      let uncleared: string[] = [];
      const { played, routed } = await untilStopped(async () => {
        const first = await play(url, cast, transcript);
        tell('');
        return { played: first, routed: await playRouting(url, others, transcript) };
      }).finally(async () => {
        await seeOut(cast);
        uncleared = await clearAway(others);
        for (const sentence of uncleared) console.error(`Not cleared away: ${sentence}`);
      });
      const temporalUrl = temporalPage(place, conversationWorkflowId(played.conversationId));
      if (options.json) {
        const { steps } = transcript;
        console.log(JSON.stringify({ steps, ...played, temporalUrl, routing: routed, uncleared }));
        return;
      }
      console.log('\n  Why the second one went where it went (times in UTC):');
      for (const line of routed.explanation) console.log(`    ${line}`);
      console.log(`\n  The first ended ${played.status}, rated ${played.rating} of 10.`);
      if (temporalUrl) console.log(`  In the Temporal UI: ${temporalUrl}`);
      console.log(`  All of the first: npx switchyard explain ${played.conversationId}`);
      console.log(`  All of the second: npx switchyard explain ${routed.conversationId}`);
      if (uncleared.length > 0) return;
      console.log(
        '  Both stay, closed; the queues, agents and website of the second are archived.',
      );
    });

/** Ctrl-C ends the play, and so does taking too long; who has come is seen out all the same. */
async function untilStopped<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    process.once('SIGINT', () => reject(new Failure('Stopped.')));
    const sentence = `It is not done after ${AT_MOST_MS / 1000} s.`;
    timer = setTimeout(() => reject(new Failure(sentence)), AT_MOST_MS);
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    clearTimeout(timer);
  }
}
