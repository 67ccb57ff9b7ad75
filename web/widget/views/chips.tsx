import type { JSX } from 'preact';
import { chosen, drop, store, tooMany, type Chosen } from '../state/files';
import { channel } from '../state/session';
import { say, sizeOf } from '../state/words';
import { Icon } from './icon';

/** The files of the message that is being written. */
export function Chips(): JSX.Element | null {
  if (chosen.value.length === 0 && !tooMany.value) return null;
  return (
    <div class="chips" role="status">
      {chosen.value.map((one) => (
        <Chip key={one.key} one={one} />
      ))}
      {tooMany.value && <p class="fault">{say('file.many')}</p>}
    </div>
  );
}

function Chip({ one }: { readonly one: Chosen }): JSX.Element {
  const { key, file, state, code } = one;
  const { name } = file;
  return (
    <div class={`chip ${state}`}>
      <span class="file-name" dir="auto">
        {name}
      </span>
      {state === 'going' && (
        <i class="spinner" aria-label={say('file.going', { name })} role="img" />
      )}
      <button type="button" onClick={() => drop(key)}>
        <Icon name="close" />
        <span class="hidden">{say('file.remove', { name })}</span>
      </button>
      {state === 'failed' && (
        <p class="fault">
          {wordsFor(code, name)}{' '}
          {code !== 'FILE_TOO_LARGE' && code !== 'FILE_KIND_REFUSED' && (
            <button type="button" class="link" onClick={() => void store(key)}>
              {say('log.again')}
              <span class="hidden"> {say('file.again', { name })}</span>
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function wordsFor(code: string | undefined, name: string): string {
  const size = sizeOf(channel.value?.maxFileBytes ?? 0);
  if (code === 'FILE_TOO_LARGE') return say('file.large', { name, size });
  return say(code === 'FILE_KIND_REFUSED' ? 'file.kind' : 'file.failed', { name });
}
