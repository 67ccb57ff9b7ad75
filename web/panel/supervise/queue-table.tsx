import { useNavigate } from '@tanstack/react-router';
import { CircleAlert, Eraser, ListOrdered, Moon, Sun, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Elapsed, useNow } from '../../ui/elapsed';
import { alarmOf } from './alarm';
import { RowMenu } from './row-menu';
import { useInstant } from '../i18n/use-instant';
import type { QueueNow } from './use-supervision';

const COLUMNS = ['queue', 'hours', 'waiting', 'longest', 'offered', 'assigned', 'people'] as const;
const NUMBERS: ReadonlySet<string> = new Set(['waiting', 'longest', 'offered', 'assigned']);

export function QueueTable(props: {
  readonly queues: readonly QueueNow[];
  readonly empty: (queue: QueueNow) => void;
}) {
  const { t } = useTranslation();
  const { queues, empty } = props;
  if (queues.length === 0) return <p className="empty">{t('supervise.queues.none')}</p>;
  return (
    <div className="supervise-scroll">
      <table className="supervise-table" aria-labelledby="supervise-queues">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" data-number={NUMBERS.has(column)}>
                {t(`supervise.queues.${column}`)}
              </th>
            ))}
            <th>
              <span className="hidden-but-read">{t('supervise.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <Row key={queue.id} queue={queue} empty={empty} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Row = memo(function Row(props: {
  readonly queue: QueueNow;
  readonly empty: (queue: QueueNow) => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { queue, empty } = props;
  const showLine = (): void =>
    void navigate({
      to: '/supervise/conversations',
      search: { view: 'unassigned', queueId: queue.id } as never,
    });
  return (
    <tr data-queue={queue.id}>
      <th scope="row">
        <span className="supervise-name">{queue.name}</span> <AlarmChip queue={queue} />
      </th>
      <td>
        <Hours queue={queue} />
      </td>
      <td data-number="true">
        <strong>{queue.waiting}</strong>
      </td>
      <td data-number="true">
        {queue.longestSince ? <Elapsed since={queue.longestSince} /> : '–'}
      </td>
      <td data-number="true">{queue.offered}</td>
      <td data-number="true">{queue.assigned}</td>
      <td className="numbers">
        {t('supervise.queues.there', {
          available: queue.available,
          loggedIn: queue.loggedIn,
          members: queue.members,
        })}
      </td>
      <td>
        <RowMenu
          label={t('supervise.actsOf', { name: queue.name })}
          entries={[
            {
              id: 'line',
              words: t('supervise.queues.showLine'),
              icon: ListOrdered,
              run: showLine,
            },
            {
              id: 'empty',
              words: t('supervise.empty.open'),
              icon: Eraser,
              disabled: queue.waiting === 0,
              run: () => empty(queue),
            },
          ]}
        />
      </td>
    </tr>
  );
});

function AlarmChip({ queue }: { readonly queue: QueueNow }) {
  const { t } = useTranslation();
  const alarm = alarmOf(queue, useNow());
  if (!alarm) return null;
  const Icon = alarm.level === 'bad' ? CircleAlert : TriangleAlert;
  return (
    <span className={`chip ${alarm.level}`}>
      <Icon size={13} aria-hidden />
      {t(`supervise.alarms.${alarm.name}`, { count: queue.alerted })}
    </span>
  );
}

function Hours({ queue }: { readonly queue: QueueNow }) {
  const { t } = useTranslation();
  const instant = useInstant();
  const Icon = queue.open ? Sun : Moon;
  const words = queue.open ? 'open' : 'closed';
  return (
    <span className="supervise-hours" data-open={queue.open}>
      <Icon size={14} aria-hidden />
      {queue.nextChangeAt
        ? t(`supervise.queues.${words}Until`, { at: instant(queue.nextChangeAt) })
        : t(`supervise.queues.${words}Now`)}
    </span>
  );
}
