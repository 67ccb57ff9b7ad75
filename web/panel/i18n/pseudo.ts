import type { Catalogue } from './catalogue';

const ACCENTED: Readonly<Record<string, string>> = {
  ...{ a: 'á', c: 'ç', d: 'ð', e: 'é', g: 'ĝ', h: 'ĥ', i: 'í', l: 'ļ', n: 'ñ', o: 'ó', r: 'ŕ' },
  ...{ s: 'š', t: 'ţ', u: 'ú', w: 'ŵ', y: 'ý', A: 'Á', C: 'Ç', D: 'Ð', E: 'É', I: 'Í', N: 'Ñ' },
  ...{ O: 'Ó', S: 'Š', T: 'Ţ', U: 'Ú', Y: 'Ý' },
};

/** Marks every text and makes it as long as German is; placeholders stay as they are. */
export function pseudo(words: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? marked(value) : pseudo(value),
    ]),
  );
}

function marked(text: string): string {
  const parts = text.split(/(\{\{.*?\}\})/);
  const accented = parts
    .map((part, at) => (at % 2 ? part : part.replace(/[a-zA-Z]/g, (c) => ACCENTED[c] ?? c)))
    .join('');
  return `[${accented}${'·'.repeat(Math.ceil(text.length * 0.3))}]`;
}
