import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client';
import { useChangeWords } from './change-words';

/** What differs between two states of a queue, field by field. */
export function ChangesTable(props: {
  readonly changes: Answer<'previewQueue'>['changes'];
  readonly label: string;
}) {
  const { t } = useTranslation();
  const words = useChangeWords();
  return (
    <div className="table-frame">
      <table className="table changes" aria-label={props.label}>
        <thead>
          <tr>
            {['field', 'before', 'after'].map((column) => (
              <th key={column} scope="col">
                {t(`admin.changes.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.changes.map(({ field, from, to }) => (
            <tr key={field}>
              <th scope="row">{words.name(field)}</th>
              <td>{words.value(field, from)}</td>
              <td>{words.value(field, to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
