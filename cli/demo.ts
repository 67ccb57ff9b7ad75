import { Command } from 'commander';
import { temporalPage } from '../platform/temporal-page';
import { conversationWorkflowId } from '../workflows/ids';
import { play, type Cast } from './demo/play';
import { Transcript } from './demo/transcript';
import { Failure } from './failure';
import { findPlace } from './place';

/** `switchyard demo`: ends with 0 only when the conversation is closed with a rating. */
export const demoCommand = (): Command =>
  new Command('demo')
    .description('play a customer and an agent against the running product')
    .option('--json', 'print one JSON object instead of the transcript')
    .option('--url <url>', 'address of the API, where it is not the one that npm start runs')
    .action(async (options: { json?: true; url?: string }) => {
      const place = findPlace(options.url);
      if (!place.url) {
        throw new Failure('Nothing runs here: "npm start" first, or give --url.');
      }
      const transcript = new Transcript(options.json ? () => undefined : console.log);
      const cast: Cast = {};
      const played = await untilStopped(play(place.url, cast, transcript)).finally(async () => {
        cast.visitor?.leave();
        await cast.agent?.leave();
      });
      const temporalUrl = temporalPage(place, conversationWorkflowId(played.conversationId));
      if (options.json) {
        console.log(JSON.stringify({ steps: transcript.steps, ...played, temporalUrl }));
      } else {
        console.log(`\n  Ended ${played.status}, rated ${played.rating} of 10.`);
        if (temporalUrl) console.log(`  In the Temporal UI: ${temporalUrl}`);
        console.log(`  Why it went as it did: npx switchyard explain ${played.conversationId}`);
      }
    });

/** Ctrl-C ends the play, and who has come is seen out all the same. */
function untilStopped<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      process.once('SIGINT', () => reject(new Failure('Stopped.')));
    }),
  ]);
}
