import { FieldRow } from '../form/field-row';

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** A time zone by its name, found by typing a part of it. */
export function ZoneField({ path }: { readonly path: string }) {
  return (
    <FieldRow path={path}>
      {({ id, value, set, disabled, invalid, describedBy }) => (
        <>
          <input
            id={id}
            className="input"
            list={`${id}-zones`}
            autoComplete="off"
            disabled={disabled}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            value={typeof value === 'string' ? value : ''}
            onChange={({ target }) => set(target.value)}
          />
          <datalist id={`${id}-zones`}>
            {ZONES.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </FieldRow>
  );
}
