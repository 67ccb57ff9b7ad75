import { ERRORS } from '../errors';
import { checkFile, cleanName, MAX_FILE_BYTES } from './check-file';
import { FILE_KINDS } from './kinds';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );

/** An archive with these names and empty entries: local headers, directory, end record. */
function zip(...names: string[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30, 'latin1');
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    entry.write(name, 46, 'latin1');
    locals.push(local);
    directory.push(entry);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Uint8Array.from(Buffer.concat([...locals, ...directory, end]));
}

const office = (folder: string): Uint8Array =>
  zip('[Content_Types].xml', '_rels/.rels', `${folder}/main.xml`);

const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  'a.png': bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13]),
  'a.jpg': bytes([0xff, 0xd8, 0xff, 0xe0]),
  'a.jpeg': bytes([0xff, 0xd8, 0xff, 0xe1]),
  'a.gif': bytes('GIF89a'),
  'a.webp': bytes('RIFF', [9, 0, 0, 0], 'WEBPVP8 '),
  'a.pdf': bytes('%PDF-1.7\n'),
  'a.mp3': bytes('ID3', [4, 0]),
  'b.mp3': bytes([0xff, 0xfb, 0x90, 0x64]),
  'a.mp4': bytes([0, 0, 0, 24], 'ftypisom'),
  'a.ogg': bytes('OggS', [0, 2]),
  'a.webm': bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm'),
  'a.docx': office('word'),
  'a.xlsx': office('xl'),
  'a.pptx': office('ppt'),
  'a.txt': Uint8Array.from(Buffer.from('Grüße, 你好, 🙂\n')),
  'a.csv': bytes('name;phone\r\nAnn;1\r\n'),
};

const refusal = (name: string, content: Uint8Array, mime?: string): unknown => {
  try {
    return checkFile({ name, mime, bytes: content }, MAX_FILE_BYTES);
  } catch (error) {
    const { code, details } = error as { code: keyof typeof ERRORS; details: { reason?: string } };
    return [code, details.reason];
  }
};

it.each(Object.entries(SAMPLES))('accepts %s', (name, content) => {
  const { mime, name: kept } = checkFile({ name, bytes: content }, MAX_FILE_BYTES);
  expect(kept).toBe(name);
  expect(FILE_KINDS.find((kind) => kind.mime === mime)?.extensions).toContain(name.split('.')[1]);
});

it('has a sample of every kind', () => {
  const seen = new Set(
    Object.entries(SAMPLES).map(([name, content]) => checkFile({ name, bytes: content }, 999).mime),
  );
  expect([...seen].sort()).toEqual(FILE_KINDS.map((kind) => kind.mime).sort());
});

const sample = (name: string): Uint8Array => SAMPLES[name] ?? new Uint8Array();

it.each([
  ['a program', 'setup.exe', bytes('MZ', [0x90, 0]), 'extension'],
  ['a program under a harmless name', 'photo.png', bytes('MZ', [0x90, 0]), 'kind'],
  ['a dangerous ending before the last', 'invoice.exe.pdf', sample('a.pdf'), 'extension'],
  ['a page', 'page.html', bytes('<script>alert(1)</script>'), 'extension'],
  ['a page as text', 'page.svg', bytes('<svg onload="x()"/>'), 'extension'],
  ['a picture with the ending of another kind', 'a.pdf', sample('a.png'), 'mismatch'],
  ['a name without ending', 'picture', sample('a.png'), 'mismatch'],
  ['a plain archive', 'a.zip', zip('a.txt'), 'kind'],
  ['an archive as a document', 'a.docx', zip('a.txt'), 'kind'],
  ['a document with macros', 'a.docx', zip('[Content_Types].xml', 'word/vbaProject.bin'), 'kind'],
  ['a table as a letter', 'a.docx', office('xl'), 'mismatch'],
  ['a cut archive', 'a.docx', office('word').slice(0, 60), 'kind'],
  ['nothing', 'a.txt', new Uint8Array(), 'empty'],
  ['text that is no UTF-8', 'a.txt', bytes([0x47, 0x72, 0xfc, 0xdf, 0x65]), 'kind'],
  ['text with a NUL in it', 'a.txt', bytes('a\0b'), 'kind'],
  ['a film that is no web film', 'a.webm', bytes([0x1a, 0x45, 0xdf, 0xa3], 'matroska'), 'kind'],
])('refuses %s', (_what, name, content, reason) => {
  expect(refusal(name, content)).toEqual(['FILE_KIND_REFUSED', reason]);
});

it('refuses what its sender calls something else, and takes no notice of a type it does not know', () => {
  expect(refusal('a.png', sample('a.png'), 'application/pdf')).toEqual([
    'FILE_KIND_REFUSED',
    'mismatch',
  ]);
  const csv = { name: 'a.csv', bytes: sample('a.csv') };
  for (const mime of ['application/octet-stream', 'text/plain; charset=utf-8', 'TEXT/CSV']) {
    expect(checkFile({ ...csv, mime }, 999)).toEqual({ name: 'a.csv', mime: 'text/csv' });
  }
});

it('says how large a file may be', () => {
  expect(() => checkFile({ name: 'a.txt', bytes: bytes('abcd') }, 3)).toThrow(
    expect.objectContaining({ code: 'FILE_TOO_LARGE', details: { maxBytes: 3 } }),
  );
});

it.each([
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['C:\\temp\\a.png', 'a.png'],
  ['exe\u202egnp.txt', 'exegnp.txt'],
  ['a\r\nSet-Cookie: x.png', 'aSet-Cookie: x.png'],
  ['.htaccess', 'htaccess'],
  ['', 'file'],
  [`${'ä'.repeat(300)}.png`, `${'ä'.repeat(150)}.png`],
])('cleans the name %j', (given, kept) => {
  expect(cleanName(given)).toBe(kept);
});
