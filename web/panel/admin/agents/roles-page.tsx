import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Loaded, PageHead } from '../page';

const ROLES = ['agent', 'supervisor', 'admin'] as const;
type Role = (typeof ROLES)[number];

interface Act {
  readonly id: string;
  readonly summary: string;
  readonly from: Role;
}

/** What each role may do: what the contracts of the API say, so it can never say anything else. */
export function RolesPage() {
  const { t, i18n } = useTranslation();
  const acts = useQuery({ queryKey: ['admin', 'roles'], staleTime: Infinity, queryFn: actsByTag });
  return (
    <>
      <PageHead title={t('admin.roles.title')} text={t('admin.roles.text')} />
      <dl className="roles">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`admin.roles.names.${role}`)}</dt>
            <dd className="muted">{t(`admin-agents.fields.role.options.${role}.help`)}</dd>
          </div>
        ))}
      </dl>
      <Loaded of={acts}>
        {(groups) => (
          <div className="table-frame">
            <table className="table matrix">
              <thead>
                <tr>
                  <th scope="col">{t('admin.roles.act')}</th>
                  {ROLES.map((role) => (
                    <th key={role} scope="col" className="mark">
                      {t(`admin.roles.names.${role}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              {groups.map(([tag, rows]) => (
                <tbody key={tag}>
                  <tr>
                    <th scope="rowgroup" colSpan={4} className="matrix-group">
                      {t(`admin.roles.groups.${tag}`, tag)}
                    </th>
                  </tr>
                  {rows.map((act) => (
                    <tr key={act.id}>
                      <th
                        scope="row"
                        lang={i18n.exists(`admin.roles.acts.${act.id}`) ? undefined : 'en'}
                      >
                        {t(`admin.roles.acts.${act.id}`, act.summary)}
                      </th>
                      {ROLES.map((role) => (
                        <td key={role} className="mark">
                          {ROLES.indexOf(role) >= ROLES.indexOf(act.from) ? (
                            <>
                              <Check size={16} aria-hidden />
                              <span className="hidden-but-read">{t('admin.roles.may')}</span>
                            </>
                          ) : (
                            <span className="muted">
                              <span aria-hidden>–</span>
                              <span className="hidden-but-read">{t('admin.roles.mayNot')}</span>
                            </span>
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              ))}
            </table>
          </div>
        )}
      </Loaded>
    </>
  );
}

async function actsByTag(): Promise<[tag: string, acts: Act[]][]> {
  const { endpoints } = await import('../../../../contracts/http/endpoints');
  const groups = new Map<string, Act[]>();
  for (const { id, tag, summary, access } of endpoints) {
    const from = ROLES.find((role) => role === access);
    if (!from) continue;
    const acts = groups.get(tag) ?? [];
    acts.push({ id, summary, from });
    groups.set(tag, acts);
  }
  for (const acts of groups.values()) {
    acts.sort((a, b) => ROLES.indexOf(a.from) - ROLES.indexOf(b.from));
  }
  return [...groups];
}
