import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Text to be taken elsewhere, with a button that copies it. */
export function CopyBox({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Pages without a secure address may not: the text can still be selected.
      setCopied(false);
    }
  };
  return (
    <div className="copy-box">
      <code tabIndex={0} role="group" aria-label={label}>
        {text}
      </code>
      <button
        type="button"
        className="button small"
        aria-label={t('admin.copy.of', { label })}
        onClick={() => void copy()}
      >
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {t(copied ? 'admin.copy.done' : 'admin.copy.copy')}
      </button>
      <span className="hidden-but-read" role="status">
        {copied && t('admin.copy.done')}
      </span>
    </div>
  );
}
