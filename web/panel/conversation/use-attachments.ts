import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { call } from '../api/client';
import { useTellFailure } from '../api/tell-failure';

/** The API refuses larger ones, and more with one message. */
const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 10;

export interface Attached {
  readonly id: string;
  readonly name: string;
}

/** Files that go with the next message; each is stored as soon as it is chosen. */
export function useAttachments() {
  const { t } = useTranslation();
  const tell = useTellFailure();
  const [list, setList] = useState<readonly Attached[]>([]);
  const [underWay, setUnderWay] = useState(0);

  const store = async (file: File): Promise<void> => {
    if (file.size > MOST_BYTES) return void toast.error(t('errors.FILE_TOO_LARGE'));
    setUnderWay((count) => count + 1);
    try {
      const body = new FormData();
      body.append('file', file, file.name);
      const { id, name } = await call('uploadFile', { body });
      setList((before) => [...before, { id, name }]);
    } catch (error) {
      tell(error);
    } finally {
      setUnderWay((count) => count - 1);
    }
  };
  return {
    list,
    busy: underWay > 0,
    add: (files: FileList): void => {
      const room = Math.max(0, MOST_FILES - list.length - underWay);
      for (const file of [...files].slice(0, room)) void store(file);
    },
    remove: (id: string): void => setList((before) => before.filter((file) => file.id !== id)),
    take: (): readonly Attached[] => {
      setList([]);
      return list;
    },
  };
}
