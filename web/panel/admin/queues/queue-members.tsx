import { useParams } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { faultAt } from '../form/draft';
import { useFaultWords } from '../form/fault-words';
import { SaveBar } from '../form/save-bar';
import { useForm } from '../form/use-form';
import { readAnew, useAgents, useOne, type Agent, type Queue } from '../load';
import { Loaded } from '../page';
import { memberChanges, type Member } from './member-changes';

/** Who works in a queue, in which order, and who gets less. */
export function QueueMembers() {
  const { id } = useParams({ from: '/admin/queues/$id' });
  const queue = useOne('getQueue', id);
  const agents = useAgents();
  return (
    <Loaded of={queue}>
      {(data) => (
        <Loaded of={agents}>{(all) => <Members key={id} queue={data} agents={all} />}</Loaded>
      )}
    </Loaded>
  );
}

function Members({ queue, agents }: { readonly queue: Queue; readonly agents: readonly Agent[] }) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const saved = useMemo(() => ({ members: queue.members }), [queue.members]);
  const form = useForm({
    saved,
    schema: memberList,
    save: async (body) => {
      const { put, removed } = memberChanges(queue.members, body['members'] as Member[]);
      try {
        for (const { agentId, ...rest } of put) {
          await call('putMember', { params: { id: queue.id, agentId }, body: rest });
        }
        for (const agentId of removed) {
          await call('removeMember', { params: { id: queue.id, agentId } });
        }
      } finally {
        await readAnew();
      }
    },
  });
  const members = form.values['members'] as readonly Member[];
  const set = (next: readonly Member[]): void => form.set('members', next);
  const left = agents.filter(({ id }) => !members.some((each) => each.agentId === id));
  const change = (agentId: string, what: Partial<Member>): void =>
    set(members.map((each) => (each.agentId === agentId ? { ...each, ...what } : each)));
  return (
    <>
      <p className="muted members-text">{t('admin.members.text')}</p>
      {members.length === 0 ? (
        <p className="empty">{t('admin.members.none')}</p>
      ) : (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['agent', 'position', 'penalty'].map((column) => (
                  <th key={column} scope="col">
                    {t(`admin.members.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="hidden-but-read">{t('admin.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {members.map((member, at) => {
                const name =
                  agents.find(({ id }) => id === member.agentId)?.name ?? t('admin.members.gone');
                return (
                  <tr key={member.agentId}>
                    <th scope="row">{name}</th>
                    {(['position', 'penalty'] as const).map((field) => {
                      const fault = faultAt(form.faults, `members.${at}.${field}`);
                      return (
                        <td key={field}>
                          <input
                            className="input short"
                            type="number"
                            min={0}
                            max={field === 'penalty' ? 100 : 10_000}
                            disabled={queue.archived}
                            aria-label={t(`admin.members.${field}Of`, { name })}
                            aria-invalid={fault ? true : undefined}
                            aria-describedby={fault && `member-${at}-${field}`}
                            value={Number.isNaN(member[field]) ? '' : member[field]}
                            onChange={({ target }) =>
                              change(member.agentId, { [field]: target.valueAsNumber })
                            }
                          />
                          {fault && (
                            <p className="fault" id={`member-${at}-${field}`}>
                              {faultWords(fault)}
                            </p>
                          )}
                        </td>
                      );
                    })}
                    <td className="acts">
                      {!queue.archived && (
                        <button
                          type="button"
                          className="button icon quiet"
                          aria-label={t('admin.members.remove', { name })}
                          onClick={() =>
                            set(members.filter((each) => each.agentId !== member.agentId))
                          }
                        >
                          <Trash2 size={16} aria-hidden />
                        </button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {!queue.archived && left.length > 0 && (
        <select
          className="input members-add"
          aria-label={t('admin.members.add')}
          value=""
          onChange={({ target }) => {
            const last = Math.max(-1, ...members.map((each) => each.position));
            set([...members, { agentId: target.value, penalty: 0, position: last + 1 }]);
          }}
        >
          <option value="">{t('admin.members.add')}</option>
          {left.map((agent) => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </select>
      )}
      <SaveBar form={form} />
    </>
  );
}

/** Each as the request of one membership has it. */
async function memberList() {
  const [{ z }, { putMember }] = await Promise.all([
    import('zod'),
    import('../../../../contracts/http/queues'),
  ]);
  return z.object({ members: z.array(putMember.body.extend({ agentId: z.uuid() })) });
}
