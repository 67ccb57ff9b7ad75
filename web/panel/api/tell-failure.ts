import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ApiError, codeOf } from './api-error';

/** Says in a sentence why something was refused, with the number by which an operator finds it. */
export function useTellFailure(): (error: unknown) => void {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      const code = codeOf(error);
      const requestId = error instanceof ApiError ? error.requestId : null;
      const technical = code === 'INTERNAL' || code === 'UNAVAILABLE';
      toast.error(t(`errors.${code}`), {
        id: code,
        ...(technical && requestId
          ? { description: t('app.requestNumber', { number: requestId }) }
          : {}),
      });
    },
    [t],
  );
}
