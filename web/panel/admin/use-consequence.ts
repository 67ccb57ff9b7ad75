import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countActive } from './load';

/** How many conversations an act concerns, in words: "3 conversations", "more than 100 conversations". */
export function useConversationsOf(where: Parameters<typeof countActive>[0]): string {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['admin', 'countActive', where],
    // An act goes by what is so now.
    staleTime: 0,
    queryFn: () => countActive(where),
  });
  if (!data) return t('admin.counting');
  return data.more
    ? t('admin.conversationsMore', { count: data.count })
    : t('admin.conversations', { count: data.count });
}
