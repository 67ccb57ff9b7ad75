import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './drawer.css';

/** Something to look at beside what is on the screen, without leaving it. */
export function Drawer(props: {
  readonly title: ReactNode;
  readonly close: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Primitive.Root open onOpenChange={(open) => !open && props.close()}>
      <Primitive.Portal>
        <Primitive.Overlay className="dialog-shade" />
        <Primitive.Content className="drawer" aria-describedby={undefined}>
          <header>
            <Primitive.Title>{props.title}</Primitive.Title>
            <Primitive.Close className="button quiet icon" aria-label={t('app.close')}>
              <X size={18} aria-hidden />
            </Primitive.Close>
          </header>
          <div className="drawer-body" tabIndex={0} role="region" aria-label={t('why.content')}>
            {props.children}
          </div>
          {props.footer && <footer>{props.footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
