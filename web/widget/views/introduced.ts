import { signal } from '@preact/signals';
import { recall } from '../state/storage';

/** True once the visitor has answered what is asked before a conversation. */
export const introduced = signal(recall<boolean>('introduced') ?? false);
