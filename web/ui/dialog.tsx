import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

/** A question that must be answered or left before anything else. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly wide?: boolean;
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
}) {
  const { open, onOpenChange, title, wide, buttons, children } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="dialog-shade" />
        <Primitive.Content className={wide ? 'dialog wide' : 'dialog'} aria-describedby={undefined}>
          <header>
            <Primitive.Title>{title}</Primitive.Title>
          </header>
          <div className="dialog-body">{children}</div>
          {buttons && <footer>{buttons}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
