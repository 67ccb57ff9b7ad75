/** What the clients wrote down themselves: what they sent and how they were answered. */

/** A customer's message that was answered with 2xx. */
export interface AcceptedMessage {
  /** Made up by the client, unlike any other in the run. */
  readonly id: string;
  readonly customer: string;
  readonly text: string;
  /** It answered a survey: it may stand behind the end of its conversation. */
  readonly answers: boolean;
  /** Every id that an answer to it named; more than one is a doubled message. */
  readonly messageIds: readonly string[];
}

/** An agent's reply or note that was answered with 2xx. */
export interface AcceptedReply {
  readonly text: string;
  readonly conversationId: string;
  readonly agentId: string;
  readonly note: boolean;
  readonly messageIds: readonly string[];
}

/** A claim that was answered with 200. */
export interface WonClaim {
  readonly kind: 'accept' | 'reject' | 'take';
  readonly conversationId: string;
  readonly agentId: string;
}

/** A command that was answered with 200, or with 202 (`outcome` null). */
export interface AnsweredCommand {
  readonly name: string;
  readonly conversationId: string;
  readonly number: number;
  readonly outcome: 'applied' | null;
}

export class Logs {
  readonly messages: AcceptedMessage[] = [];
  readonly replies: AcceptedReply[] = [];
  readonly claims: WonClaim[] = [];
  readonly commands: AnsweredCommand[] = [];
  /** Ids of messages that visitors saw on their screens. */
  readonly seen = new Set<string>();
  /** Answers by route, status and code. */
  readonly answers = new Map<string, number>();

  count(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}
