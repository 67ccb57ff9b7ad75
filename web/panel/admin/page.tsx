import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import { useMe } from '../session/session';

/** The head of a page: where one came from, what this is, what can be done with it. */
export function PageHead(props: {
  readonly title: string;
  readonly text?: string;
  readonly back?: { readonly to: string; readonly words: string };
  readonly beside?: ReactNode;
  readonly acts?: ReactNode;
}) {
  const { title, text, back, beside, acts } = props;
  return (
    <header className="page-head">
      {back && (
        <Link to={back.to} className="page-back">
          <ChevronLeft size={14} aria-hidden />
          {back.words}
        </Link>
      )}
      <div className="page-title">
        <h1>{title}</h1>
        {beside}
        {acts && <div className="page-acts">{acts}</div>}
      </div>
      {text && <p className="muted">{text}</p>}
    </header>
  );
}

/** Shows what was read, or says that it is on its way, or why it did not come. */
export function Loaded<T>(props: {
  readonly of: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const { of, children } = props;
  const { t } = useTranslation();
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (!of.isError) {
    return (
      <div className="page-skeleton" role="status">
        <span className="hidden-but-read">{t('app.starting')}</span>
        <div className="skeleton" />
        <div className="skeleton" />
        <div className="skeleton" />
      </div>
    );
  }
  return (
    <div className="empty">
      <p role="alert">{t(`errors.${codeOf(of.error)}`)}</p>
      <button type="button" className="button" onClick={() => void of.refetch()}>
        {t('app.retry')}
      </button>
    </div>
  );
}

/** Whether whoever looks may change what stands here; supervisors may read all of it. */
export const useIsAdmin = (): boolean => useMe().role === 'admin';

/** Tells whoever may only look that it is so. */
export function ReadOnlyNote() {
  const { t } = useTranslation();
  return useIsAdmin() ? null : <p className="banner info page-note">{t('admin.readOnly')}</p>;
}
