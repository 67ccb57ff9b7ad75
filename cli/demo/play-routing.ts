import { Failure } from '../failure';
import { receiptLines } from '../receipt-lines';
import { AdminSide } from './admin-side';
import { AgentSide } from './agent-side';
import { HttpClient } from './http-client';
import { Stage } from './stage';
import type { Transcript } from './transcript';
import { VisitorSide } from './visitor-side';

export interface Routed {
  readonly conversationId: string;
  /** As the API explains its routing, the first decision first. */
  readonly explanation: string[];
}

/** What there is so far, to be cleared away whatever happens. */
export interface RoutingCast {
  admin?: AdminSide;
  stage?: Stage;
  agents: AgentSide[];
  visitor?: VisitorSide;
  conversationId: string;
}

const QUESTION = 'Hello! I was charged twice. Who can help?';
const ANSWER = 'I can. The second amount is on its way back to you.';

/**
 * Plays what the router does when agents do not answer: an offer is rejected, the next one is missed, and the wait flows
 * over to another queue. Everybody knows what the API and the stream tell.
 */
export async function playRouting(
  url: string,
  cast: RoutingCast,
  transcript: Transcript,
): Promise<Routed> {
  const http = new HttpClient(url);
  const step = transcript.step.bind(transcript);
  const admin = (cast.admin = await step('the admin signs in', () => AdminSide.signIn(http)));
  const stage = (cast.stage = new Stage(admin.http));
  await step('the admin makes two queues, three agents and a website', () => stage.build());
  const [rita, mo, olga] = await step('the three agents sign in', () => signInAll(http, cast));
  if (!rita || !mo || !olga) throw new Failure('An agent of the demo is missing.');
  const visitor = (cast.visitor = await VisitorSide.arrive(http, stage.channelId, stage.origin));

  const [toRita, toMo, toOlga] = [rita, mo, olga].map((agent) =>
    agent.expectOffer(() => cast.conversationId),
  );
  const id = await step('another customer writes', () => visitor.write(QUESTION));
  cast.conversationId = id;
  transcript.said('customer', QUESTION);
  await admin.watch(id);
  const comesTo = ({ name }: AgentSide, expected: typeof toRita): Promise<void> =>
    comes(expected, `That it came to ${name}`);

  await step(`it is offered to ${rita.name}`, () => comesTo(rita, toRita));
  await step(`${rita.name} rejects it`, () => rita.reject(id));
  await step(`so it is offered to ${mo.name}`, () => comesTo(mo, toMo));
  await step(`${mo.name} does not answer: the offer is missed`, () =>
    admin.happened('offerMissed', 'That the offer was missed'),
  );
  const { why } = await admin.routingOf(id);
  if (why !== null) transcript.said('the router', why);
  await step(`it waits too long and goes on to "${stage.secondLevel}"`, () =>
    admin.happened('overflowed', 'That it went on to another queue'),
  );
  await step(`it is given to ${olga.name}`, () => comesTo(olga, toOlga));
  await step(`${olga.name} answers and closes it`, async () => {
    await olga.reply(id, ANSWER);
    await olga.give(id, 'close');
  });
  transcript.said(olga.name, ANSWER);
  const { receipts } = await admin.routingOf(id);
  const explanation = [...receipts]
    .reverse()
    .flatMap(({ createdAt, sentences }) => receiptLines(createdAt, sentences));
  return { conversationId: id, explanation };
}

/** Sees everybody out and clears the stage. Returns what could not be cleared. */
export async function clearAway(cast: RoutingCast): Promise<string[]> {
  cast.visitor?.leave();
  const left = (await cast.stage?.strike(cast.conversationId)) ?? [];
  await Promise.all(cast.agents.map((agent) => agent.leave()));
  await cast.admin?.leave();
  return left;
}

async function signInAll(http: HttpClient, cast: RoutingCast): Promise<AgentSide[]> {
  for (const person of cast.stage?.people ?? []) {
    cast.agents.push(await AgentSide.signIn(http, person));
  }
  return cast.agents;
}

async function comes(
  expected: ReturnType<AgentSide['expectOffer']> | undefined,
  what: string,
): Promise<void> {
  const conversation = await expected?.arrived();
  if (!conversation) throw new Failure(`${what} did not happen within 5 s.`);
}
