import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../state/words';
import { Icon } from './icon';

const OFFERED =
  '😀 😃 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 🙄 😬 😌 😴 😕 😟 🙁 😢 😭 😤 😡 😱 😳 🤗 🤝 👍 👎 👌 ✌️ 🙏 👏 💪 👋 ❤️ 💔 🎉 🔥 ✨ ⭐ ✅ ❌ ❓ ❗ 📦'.split(
    ' ',
  );
const A_ROW = 8;

/** A button that opens a grid of emoji, which arrow keys move in. */
export function Emoji({ onPick }: { readonly onPick: (emoji: string) => void }): JSX.Element {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open.value) return undefined;
    box.current?.querySelector('button')?.focus();
    const away = ({ target }: Event): void => {
      const inside =
        box.current?.contains(target as Node) || button.current?.contains(target as Node);
      if (!inside) open.value = false;
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open.value]);

  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      open.value = false;
      button.current?.focus();
    }
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const steps = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: A_ROW, ArrowUp: -A_ROW };
    const step = steps[event.key as keyof typeof steps] as number | undefined;
    if (step === undefined) return;
    event.preventDefault();
    const all = [...(box.current?.querySelectorAll('button') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
  };

  return (
    <div class="emoji">
      <button
        type="button"
        class="round"
        ref={button}
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="emoji" />
        <span class="hidden">{say('write.emoji')}</span>
      </button>
      {open.value && (
        <div class="grid" role="group" aria-label={say('write.emoji')} ref={box} onKeyDown={keys}>
          {OFFERED.map((emoji, at) => (
            <button
              key={emoji}
              type="button"
              tabIndex={at === 0 ? 0 : -1}
              onClick={() => {
                open.value = false;
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
