import type { VisitorSnapshot } from '../db/messages/visitor';

/** A conversation as text for its customer: one paragraph a message, times in UTC. */
export function transcript({ conversation, messages }: VisitorSnapshot): string {
  const paragraphs = messages.map((message) => {
    const name = message.authorName ?? (message.direction === 'in' ? 'You' : 'Assistant');
    const time = message.createdAt.slice(0, 16).replace('T', ' ');
    const files = message.files.map((file) => `[${file.name}]`);
    return `${time} ${name}\n${[message.text, ...files].filter(Boolean).join('\n')}`;
  });
  return `${[`Conversation ${conversation.number} (times in UTC)`, ...paragraphs].join('\n\n')}\n`;
}
