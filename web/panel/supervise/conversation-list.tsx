import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import type { Acting } from './conversation-dialog';
import { ConversationRow } from './conversation-row';
import type { Supervision } from './use-supervision';

const ROW_PX = 48;
const COLUMNS = ['number', 'customer', 'queue', 'agent', 'state', 'wait', 'priority'] as const;

/** Only the rows in sight are in the page, so the length of the list does not matter. */
export function ConversationList(props: {
  readonly rows: readonly ConversationShape[];
  readonly label: string;
  readonly supervision: Supervision | undefined;
  readonly atEnd: () => void;
  readonly why: (id: string) => void;
  readonly read: (id: string) => void;
  readonly act: (acting: Acting) => void;
}) {
  const { t } = useTranslation();
  const { rows, label, supervision, atEnd, why, read, act } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => rows[at]?.id ?? at,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const reached = useRef(atEnd);
  reached.current = atEnd;
  useEffect(() => {
    if (last >= rows.length - 10) reached.current();
  }, [last, rows.length]);
  const queues = new Map((supervision?.queues ?? []).map(({ id, name }) => [id, name]));
  const agents = new Map((supervision?.agents ?? []).map(({ id, name }) => [id, name]));
  return (
    <div
      className="supervise-list"
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      ref={scroller}
      tabIndex={0}
    >
      <div role="rowgroup" className="supervise-list-head">
        <div role="row" className="supervise-row" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader">
              {t(`supervise.columns.${column}`)}
            </span>
          ))}
          <span role="columnheader">
            <span className="hidden-but-read">{t('supervise.acts')}</span>
          </span>
        </div>
      </div>
      <div
        role="rowgroup"
        className="supervise-list-rows"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start, key }) => {
          const row = rows[index];
          return (
            row && (
              <ConversationRow
                key={key}
                row={row}
                index={index}
                start={start}
                queue={queues.get(row.queueId)}
                agent={agents.get(row.ownerId ?? '')}
                why={why}
                read={read}
                act={act}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
