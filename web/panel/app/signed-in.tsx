import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import { onSignedOut } from '../api/client';
import { listenToKeys } from '../keys/listen';
import { Live } from '../realtime/live';
import { LiveContext } from '../realtime/live-context';
import { forgetSession, MeContext, useSession } from '../session/session';
import { SignInPage } from '../session/sign-in-page';

/** Shows its children to whoever is signed in, with a stream of news, and the sign-in page to everybody else. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const id = session.data?.id;
  const wasIn = useRef(false);
  const [ended, setEnded] = useState(false);
  const [live, setLive] = useState<Live | null>(null);

  useEffect(() => {
    const end = (): void => {
      setEnded(wasIn.current);
      forgetSession();
    };
    onSignedOut(end);
    if (id === undefined) return;
    wasIn.current = true;
    const stream = new Live(id, end);
    setLive(stream);
    const stopKeys = listenToKeys();
    return () => {
      stopKeys();
      stream.close();
      setLive(null);
    };
  }, [id]);

  if (session.isPending) return <Start words={t('app.starting')} />;
  if (session.isError) {
    return <Start words={t(`errors.${codeOf(session.error)}`)} retry={() => session.refetch()} />;
  }
  if (id === undefined) return <SignInPage ended={ended} />;
  if (!live) return <Start words={t('app.starting')} />;
  return (
    <MeContext.Provider value={id}>
      <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
    </MeContext.Provider>
  );
}

function Start({ words, retry }: { readonly words: string; readonly retry?: () => unknown }) {
  const { t } = useTranslation();
  return (
    <main className="start">
      <div className="empty">
        <h1>Switchyard</h1>
        <p role="status">{words}</p>
        {retry && (
          <button type="button" className="button" onClick={() => retry()}>
            {t('app.retry')}
          </button>
        )}
      </div>
    </main>
  );
}
