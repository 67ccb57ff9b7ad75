import { useQuery } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageShape } from '../../../contracts/conversation';
import { call } from '../api/client';
import { useTellFailure } from '../api/tell-failure';

/** Links open a file for five minutes. */
const LINK_MS = 4 * 60_000;

/** A file of a message: a picture shows itself, all can be opened. */
export function MessageFile({ file }: { readonly file: MessageShape['files'][number] }) {
  const { t } = useTranslation();
  const tell = useTellFailure();
  const picture = /^image\/(png|jpeg|gif|webp)$/.test(file.mime);
  const link = useQuery({
    queryKey: ['file', file.id],
    queryFn: () => linkOf(file.id),
    staleTime: LINK_MS,
    enabled: picture,
  });
  const open = async (): Promise<void> => {
    try {
      window.open(await linkOf(file.id), '_blank', 'noopener');
    } catch (error) {
      tell(error);
    }
  };
  const size = t('conversation.fileSize', { value: Math.max(1, Math.round(file.size / 1024)) });
  return (
    <button
      type="button"
      className="message-file"
      aria-label={t('conversation.openFile', { name: file.name })}
      onClick={() => void open()}
    >
      {picture && link.data ? (
        <img src={link.data} alt="" loading="lazy" />
      ) : (
        <Paperclip size={16} aria-hidden />
      )}
      <span dir="auto">{file.name}</span>
      <span className="muted numbers">{size}</span>
    </button>
  );
}

/** The link names the public address; the page may be open under another one of ours. */
async function linkOf(id: string): Promise<string> {
  const { url } = await call('getFile', { params: { id } });
  const { pathname, search } = new URL(url);
  return pathname + search;
}
