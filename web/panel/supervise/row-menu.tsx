import { Ellipsis, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';

export interface MenuEntry {
  readonly id: string;
  readonly words: string;
  readonly icon: LucideIcon;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** What can be done with one row. */
export function RowMenu(props: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button quiet icon small" aria-label={props.label}>
        <Ellipsis size={16} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {props.entries.map(({ id, words, icon: Icon, disabled, run }) => (
            <DropdownMenu.Item key={id} disabled={disabled ?? false} onSelect={run}>
              <Icon size={15} aria-hidden />
              {words}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
