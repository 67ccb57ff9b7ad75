import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { VisitorMessage } from '../../../contracts/visitor';
import { addressOf, type VisitorFile } from '../state/files';
import { channel } from '../state/session';
import { download } from '../state/transcript';
import { clock, say, sizeOf } from '../state/words';
import { announce } from './announce';
import { Icon } from './icon';

interface Props {
  readonly message: VisitorMessage;
  /** Whether it goes on where the same person has just written. */
  readonly follows: boolean;
  /** How far it has come. */
  readonly mark: string | undefined;
}

/** One message, with who wrote it and when. */
export function Message({ message, follows, mark }: Props): JSX.Element {
  const { direction, text, files, createdAt } = message;
  const mine = direction === 'in';
  const name = mine ? say('log.you') : (message.authorName ?? say('log.assistant'));
  const avatar = channel.value?.widget.avatarUrl;
  return (
    <article class={`message ${direction} ${follows ? 'follows' : ''}`}>
      <p class={mine ? 'hidden' : 'who'}>
        {follows && !mine ? <span class="hidden">{name}</span> : name}
      </p>
      {!mine && !follows && avatar && (
        <img class="face" src={avatar} alt="" width="28" height="28" />
      )}
      {text && <Bubble text={text} />}
      {files.map((file) => (
        <Attached key={file.id} file={file} />
      ))}
      <p class="when">
        <time dateTime={createdAt}>
          <bdi>{clock(createdAt)}</bdi>
        </time>
        {mark && <span> · {mark}</span>}
      </p>
    </article>
  );
}

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/;

/** A text with its links, and nothing else of it taken for more than text. */
export const Bubble = ({ text }: { readonly text: string }): JSX.Element => (
  <div class="bubble" dir="auto">
    {text.split(LINK).map((part, at) =>
      at % 2 === 1 ? (
        <a href={part} target="_blank" rel="noopener noreferrer nofollow">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </div>
);

function Attached({ file }: { readonly file: VisitorFile }): JSX.Element {
  const picture = file.mime.startsWith('image/');
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (picture) addressOf(file).then(setAddress, () => setAddress(null));
  }, [file.id]);
  const open = (): void => {
    addressOf(file).then(
      (url) => download(url, file.name),
      () => announce(say('menu.failed')),
    );
  };
  return (
    <button type="button" class={picture ? 'picture' : 'attached'} onClick={open}>
      {address ? (
        <img src={address} alt={say('log.file', { name: file.name })} />
      ) : (
        <>
          <Icon name="document" />
          <span class="hidden">{say('log.file', { name: '' })}</span>
          <span class="file-name" dir="auto">
            {file.name}
          </span>
          <small>{sizeOf(file.size)}</small>
        </>
      )}
    </button>
  );
}
