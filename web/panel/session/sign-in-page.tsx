import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import { signIn } from './session';
import './sign-in-page.css';

/** Asks who is there. `ended`: a session was lost while somebody worked. */
export function SignInPage({ ended }: { readonly ended: boolean }) {
  const { t } = useTranslation();
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    setBusy(true);
    setFault(null);
    try {
      await signIn({
        email: text('email').trim(),
        password: text('password'),
        state: form.get('paused') === null ? 'available' : 'paused',
      });
    } catch (error) {
      setFault(codeOf(error));
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)} aria-labelledby="sign-in-title">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1 id="sign-in-title">{t('session.title')}</h1>
        {ended && (
          <p className="sign-in-ended" role="alert">
            {t('session.ended')}
          </p>
        )}
        <label className="field">
          <span>{t('session.email')}</span>
          <input
            className="input"
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
          />
        </label>
        <label className="field">
          <span>{t('session.password')}</span>
          <input
            className="input"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </label>
        <label className="sign-in-paused">
          <input type="checkbox" name="paused" /> {t('session.startPaused')}
        </label>
        {fault && (
          <p className="sign-in-fault" role="alert">
            {t(`errors.${fault === 'INVALID_REQUEST' ? 'SIGN_IN_FAILED' : fault}`)}
          </p>
        )}
        <button className="button main" type="submit" disabled={busy}>
          {t(busy ? 'session.signingIn' : 'session.signIn')}
        </button>
      </form>
    </main>
  );
}
