/** A conversation as a text to keep. */
import { callForText } from './call';

const read = (id: string): Promise<string> => callForText(`/transcript?conversationId=${id}`);

/** @throws where it cannot be read or copied */
export async function copyTranscript(id: string): Promise<void> {
  const text = await read(id);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not allowed in this frame, or no such thing: as it was done before.
    copyBySelection(text);
  }
}

function copyBySelection(text: string): void {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  document.body.append(field);
  const before = document.activeElement as HTMLElement | null;
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  before?.focus();
  if (!copied) throw new Error('copying is not possible');
}

/** @throws where it cannot be read */
export async function downloadTranscript(id: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([await read(id)], { type: 'text/plain' }));
  download(url, 'conversation.txt');
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Saves what is at this address under a name. */
export function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
