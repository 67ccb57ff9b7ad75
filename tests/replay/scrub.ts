/** Makes a recorded history fit to be committed: no id, host or process of the machine that recorded it. */

interface Payload {
  data?: string;
  metadata?: Record<string, string>;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Replaces every id by one that counts up, the same everywhere, also inside encoded payloads; whoever did something
 * is called `recorded`; keys are sorted. What a replay compares stays as it was.
 */
export function scrub(history: unknown): unknown {
  const known = new Map<string, string>();
  const rename = (text: string): string =>
    text.replace(UUID, (id) => {
      const name =
        known.get(id) ?? `00000000-0000-4000-8000-${String(known.size + 1).padStart(12, '0')}`;
      known.set(id, name);
      return name;
    });
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => walk(each, key));
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value as Record<string, unknown>);
      if (isPayload(value)) return { ...value, data: recode(value.data ?? '', rename) };
      return Object.fromEntries(
        entries
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, each]) => [name, walk(each, name)]),
      );
    }
    if (typeof value !== 'string') return value;
    if (key === 'identity') return 'recorded';
    return rename(value).replace(/^\d+@\S+?-(?=00000000-|[0-9a-f]{32}$|[a-z])/, 'recorded-');
  };
  return walk(history, '');
}

const isPayload = (value: object): value is Payload =>
  'data' in value && 'metadata' in value && typeof (value as Payload).data === 'string';

const recode = (data: string, rename: (text: string) => string): string =>
  Buffer.from(rename(Buffer.from(data, 'base64').toString('utf8'))).toString('base64');
