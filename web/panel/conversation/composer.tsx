import { Paperclip, SendHorizontal, X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { Remaining, useNow } from '../../ui/elapsed';
import { useCommand } from '../acts/use-acts';
import { KeyHint } from '../keys/key-hint';
import { useActions } from '../keys/registry';
import { queryClient } from '../api/query-client';
import { conversationKey, type OpenConversation } from '../realtime/live-cache';
import { useLive } from '../realtime/live-context';
import { EmojiButton } from './emoji-button';
import { send } from './outbox';
import { useAttachments } from './use-attachments';
import { useDraft } from './use-draft';
import './composer.css';

const TYPING_EVERY_MS = 3_000;

type Kind = 'reply' | 'note';

/** Where replies and notes are written. `mayReply` false leaves notes only. */
export function Composer(props: {
  readonly conversation: ConversationShape;
  readonly mayReply: boolean;
}) {
  const { conversation, mayReply } = props;
  const { id } = conversation;
  const { t } = useTranslation();
  const live = useLive();
  const { give } = useCommand();
  const { texts, change, ready } = useDraft(id);
  const [wanted, setKind] = useState<Kind>('reply');
  const kind: Kind = mayReply ? wanted : 'note';
  const files = useAttachments();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const told = useRef(0);
  const windowClosed = useWindowClosed(conversation);
  const text = texts[kind];
  const canSend =
    ready &&
    !files.busy &&
    (text.trim() !== '' || files.list.length > 0) &&
    !(kind === 'reply' && windowClosed);

  const write = (to: Kind): void => {
    setKind(to);
    requestAnimationFrame(() => field.current?.focus());
  };
  const submit = async (): Promise<boolean> => {
    if (!canSend) return false;
    change({ ...texts, [kind]: '' });
    const attached = files.take();
    field.current?.focus();
    return send({ conversationId: id, kind, text, files: attached });
  };
  const submitAndSolve = async (): Promise<void> => {
    if (canSend && !(await submit())) return;
    // Ours is the last now, unless the customer has written meanwhile.
    const open = queryClient.getQueryData<OpenConversation>(conversationKey(id));
    const lastSeq = open?.messages.at(-1)?.seq ?? conversation.lastSeq;
    await give({ id, lastSeq }, { name: 'solve', args: {} });
  };
  useActions([
    { id: 'reply', keys: ['r'], group: 'write', disabled: !mayReply, run: () => write('reply') },
    { id: 'note', keys: ['n'], group: 'write', run: () => write('note') },
    {
      id: 'send',
      keys: ['$mod+Enter'],
      group: 'write',
      inFields: true,
      disabled: !canSend,
      run: () => void submit(),
    },
    {
      id: 'sendAndSolve',
      keys: ['$mod+Shift+Enter'],
      group: 'write',
      inFields: true,
      disabled: !mayReply,
      run: () => void submitAndSolve(),
    },
  ]);
  const insert = (words: string): void => {
    const box = field.current;
    const at = box?.selectionStart ?? text.length;
    change({ ...texts, [kind]: text.slice(0, at) + words + text.slice(box?.selectionEnd ?? at) });
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(at + words.length, at + words.length);
    });
  };
  return (
    <Tabs.Root
      value={kind}
      onValueChange={(value) => setKind(value as Kind)}
      className={`composer ${kind}`}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        files.add(event.dataTransfer.files);
      }}
    >
      <div className="composer-top">
        <Tabs.List className="tabs" aria-label={t('conversation.write')}>
          <Tabs.Trigger value="reply" disabled={!mayReply}>
            {t('conversation.reply')}
          </Tabs.Trigger>
          <Tabs.Trigger value="note">{t('conversation.note')}</Tabs.Trigger>
        </Tabs.List>
        <WindowNotice conversation={conversation} closed={windowClosed} />
      </div>
      <Tabs.Content value={kind} tabIndex={-1}>
        <textarea
          ref={field}
          className="composer-field"
          dir="auto"
          rows={3}
          value={text}
          disabled={!ready || (kind === 'reply' && windowClosed)}
          aria-label={t(kind === 'note' ? 'conversation.noteField' : 'conversation.replyField')}
          placeholder={t(
            kind === 'note' ? 'conversation.notePlaceholder' : 'conversation.replyPlaceholder',
          )}
          maxLength={10_000}
          onChange={(event) => {
            change({ ...texts, [kind]: event.target.value });
            if (kind === 'note' || Date.now() - told.current < TYPING_EVERY_MS) return;
            told.current = Date.now();
            live.present(id, 'typing');
          }}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            files.add(event.clipboardData.files);
          }}
        />
        <ul className="composer-files">
          {files.list.map((file) => (
            <li key={file.id} className="chip">
              <span dir="auto">{file.name}</span>
              <button
                type="button"
                className="button icon quiet small"
                aria-label={t('conversation.removeFile', { name: file.name })}
                onClick={() => files.remove(file.id)}
              >
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
          {files.busy && <li role="status">{t('conversation.uploading')}</li>}
        </ul>
        <div className="composer-line">
          <EmojiButton insert={insert} />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              if (event.target.files) files.add(event.target.files);
              event.target.value = '';
            }}
          />
          <button
            type="button"
            className="button icon quiet"
            aria-label={t('conversation.attach')}
            title={t('conversation.attach')}
            onClick={() => picker.current?.click()}
          >
            <Paperclip size={18} aria-hidden />
          </button>
          <button
            type="button"
            className="button main composer-send"
            disabled={!canSend}
            onClick={() => void submit()}
          >
            <SendHorizontal size={16} aria-hidden />
            {t(kind === 'note' ? 'conversation.keepNote' : 'keys.send')}
          </button>
          <KeyHint keys="$mod+Enter" />
        </div>
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** Whether the channel takes nothing from us until the customer writes again. */
function useWindowClosed({ windowExpiresAt, windowMode }: ConversationShape): boolean {
  const now = useNow();
  if (windowMode === null || windowMode === 'none' || windowExpiresAt === null) return false;
  return Date.parse(windowExpiresAt) <= now;
}

function WindowNotice(props: {
  readonly conversation: ConversationShape;
  readonly closed: boolean;
}) {
  const { windowExpiresAt } = props.conversation;
  const { t } = useTranslation();
  if (props.closed) {
    return (
      <p className="composer-window closed" role="status">
        {t('conversation.windowClosed')}
      </p>
    );
  }
  if (windowExpiresAt === null) return null;
  return (
    <p className="composer-window numbers">
      {t('conversation.windowOpen')} <Remaining until={windowExpiresAt} />
    </p>
  );
}
