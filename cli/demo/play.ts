import { DEMO } from '../../prisma/seed';
import { Failure } from '../failure';
import { AgentSide } from './agent-side';
import { HttpClient } from './http-client';
import type { Transcript } from './transcript';
import { VisitorSide } from './visitor-side';

export interface Played {
  readonly conversationId: string;
  readonly status: string;
  readonly rating: number | null;
}

const QUESTION = 'Hello! My order has not arrived. Can you help?';
const ANSWER = 'Of course. It is on its way and will be with you tomorrow.';
const THANKS = 'Perfect, thank you!';
const RATING = 9;
const COMMENT = 'Quick and friendly.';

/** People who have come so far, to be seen out whatever happens. */
export interface Cast {
  agent?: AgentSide;
  visitor?: VisitorSide;
}

/** Sees them out. */
export async function seeOut(cast: Cast): Promise<void> {
  cast.visitor?.leave();
  await cast.agent?.leave();
}

/**
 * Plays one conversation from the first message to its rated end, through the public interfaces only: the agent and
 * the customer know what the sockets told them.
 */
export async function play(url: string, cast: Cast, transcript: Transcript): Promise<Played> {
  const http = new HttpClient(url);
  const { step, said } = {
    step: transcript.step.bind(transcript),
    said: transcript.said.bind(transcript),
  };
  const agent = (cast.agent = await step('the agent signs in', () => AgentSide.signIn(http)));
  const visitor = (cast.visitor = await step('the customer opens the website', async () =>
    VisitorSide.arrive(http, DEMO.website, await agent.originOf(DEMO.website)),
  ));

  let id = '';
  const offer = agent.expectOffer(() => id);
  await step('the customer writes', async () => (id = await visitor.write(QUESTION)));
  said('customer', QUESTION);
  const offered = await step('the conversation is offered to the agent', offer.arrived);
  const known = visitor.expectChange(
    'That the customer sees who answers',
    (news) => news.conversation.agentName !== null,
  );
  await visitor.follow();
  if (offered === null) {
    await step('no offer came, for others stand before it: the agent takes it from the line', () =>
      agent.take(id),
    );
  } else if (offered.placement === 'offered') {
    await step('the agent accepts', () => agent.accept(id));
  }
  await step('the customer sees who answers', known.arrived);
  await step('the agent opens it', () => agent.open(id));

  const customerTypes = agent.expectVisitorTyping(id);
  await step('the agent sees the customer type', async () => {
    await visitor.type('Is there');
    await customerTypes.arrived();
  });
  const agentTypes = visitor.expectAgentTyping();
  await step('the customer sees the agent type', async () => {
    await agent.type(id);
    await agentTypes.arrived();
  });

  const answer = visitor.expectChange('That the customer sees the answer', (news) =>
    news.messages.some((message) => message.text === ANSWER),
  );
  await step('the agent answers and the customer sees it', async () => {
    await agent.reply(id, ANSWER);
    await answer.arrived();
  });
  said(agent.name, ANSWER);
  const thanks = agent.expectChange('That the agent sees the thanks', (news) =>
    news.messages.some((message) => message.text === THANKS),
  );
  await step('the customer answers and the agent sees it', async () => {
    await visitor.write(THANKS);
    await thanks.arrived();
  });
  said('customer', THANKS);

  const survey = visitor.expectChange(
    'That the customer is asked for a rating',
    (news) => news.conversation.status === 'solved' && news.conversation.survey.state === 'running',
  );
  await step('the agent solves it and the customer is asked for a rating', async () => {
    await agent.give(id, 'solve');
    await survey.arrived();
  });
  const end = agent.expectChange(
    'That the conversation closes',
    (news) => news.conversation.status === 'closed',
  );
  const { conversation } = await step('the customer rates it and it closes', async () => {
    await visitor.rate(id, RATING, COMMENT);
    return end.arrived();
  });
  said('customer', `${RATING} of 10: ${COMMENT}`);
  if (conversation.rating !== RATING) throw new Failure('It closed without the rating.');
  return { conversationId: id, status: conversation.status, rating: conversation.rating };
}
