import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { call } from '../api/client';
import { useTellFailure } from '../api/tell-failure';
import { useActions } from '../keys/registry';

/** What it is about; changed by writing over it. */
export function Subject(props: {
  readonly conversation: ConversationShape;
  readonly mayEdit: boolean;
}) {
  const { conversation, mayEdit } = props;
  const { t } = useTranslation();
  const tell = useTellFailure();
  const stored = conversation.subject ?? '';
  const [text, setText] = useState(stored);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(stored), [stored]);
  useActions([
    {
      id: 'subject',
      keys: ['u'],
      group: 'conversation',
      disabled: !mayEdit,
      run: () => field.current?.focus(),
    },
  ]);
  const keep = async (): Promise<void> => {
    const subject = text.trim();
    if (subject === stored) return;
    try {
      const params = { id: conversation.id };
      await call('editConversation', { params, body: { subject: subject || null } });
    } catch (error) {
      setText(stored);
      tell(error);
    }
  };
  return (
    <input
      ref={field}
      className="input subject"
      dir="auto"
      value={text}
      maxLength={200}
      readOnly={!mayEdit}
      aria-label={t('conversation.subject')}
      placeholder={t('conversation.subject')}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText(stored);
        }
      }}
    />
  );
}
