/** Files of the message that is being written: stored as soon as they are chosen, sent with the message. */
import { signal } from '@preact/signals';
import { call, Refusal } from './call';
import { newId } from './new-id';

export interface VisitorFile {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
}

export interface Chosen {
  readonly key: string;
  readonly file: File;
  readonly state: 'going' | 'stored' | 'failed';
  /** Why it failed: a code of the API. */
  readonly code?: string;
  readonly stored?: VisitorFile;
}

/** As many as a message carries. */
const MOST_FILES = 5;

export const chosen = signal<readonly Chosen[]>([]);
/** True for a moment where more were chosen than a message carries. */
export const tooMany = signal(false);

const put = (key: string, fields: Partial<Chosen>): void => {
  chosen.value = chosen.value.map((each) => (each.key === key ? { ...each, ...fields } : each));
};

/** Adds files to the message, as many as there is room for. */
export function choose(files: Iterable<File>): void {
  const all = [...files];
  const room = MOST_FILES - chosen.value.length;
  tooMany.value = all.length > room;
  const added = all.slice(0, room).map((file) => ({ key: newId(), file, state: 'going' as const }));
  chosen.value = [...chosen.value, ...added];
  for (const { key } of added) void store(key);
}

/** Stores a file; a repeat under the same key stores it once. */
export async function store(key: string): Promise<void> {
  const one = chosen.value.find((each) => each.key === key);
  if (!one) return;
  put(key, { state: 'going' });
  const body = new FormData();
  body.append('file', one.file, one.file.name || 'file');
  try {
    const stored = await call<VisitorFile>('/files', { method: 'POST', body, key });
    put(key, { state: 'stored', stored });
  } catch (error) {
    put(key, { state: 'failed', code: error instanceof Refusal ? error.code : 'AWAY' });
  }
}

export function drop(key: string): void {
  chosen.value = chosen.value.filter((each) => each.key !== key);
  tooMany.value = false;
}

/** An address on our own server that opens a file for some minutes. @throws Refusal */
export async function addressOf(file: VisitorFile): Promise<string> {
  const { url } = await call<{ url: string }>(`/files/${file.id}`);
  const { pathname, search } = new URL(url);
  return pathname + search;
}
