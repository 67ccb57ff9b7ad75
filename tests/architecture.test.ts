import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '../core/errors';

const root = join(__dirname, '..');
const read = (file: string): string =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';

/** Folders that git ignores, by name (`dist/`) or by path (`db/generated/`). */
const ignored = new Set(
  read('.gitignore')
    .split('\n')
    .filter((line) => line.endsWith('/'))
    .map((line) => line.slice(0, -1)),
);

const isOurs = (path: string, name: string): boolean =>
  !name.startsWith('.') && !ignored.has(name) && !ignored.has(path);

interface Tree {
  folders: string[];
  files: string[];
}

function walk(folder = '', into: Tree = { folders: [], files: [] }): Tree {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!isOurs(path, entry.name)) continue;
    if (entry.isDirectory()) {
      into.folders.push(path);
      walk(path, into);
    } else {
      into.files.push(path);
    }
  }
  return into;
}

const tree = walk();
const sources = tree.files.filter((file) => /\.(ts|tsx|mjs|cjs|js|css)$/.test(file));

test('ARCHITECTURE.md has a row for every folder at the top, and no row for a folder that is gone', () => {
  const rows = [...read('ARCHITECTURE.md').matchAll(/^\| *`([a-z-]+)\/`/gm)].map((row) => row[1]);
  const folders = tree.folders.filter((folder) => !folder.includes('/'));
  const faults = [
    ...folders
      .filter((folder) => !rows.includes(folder))
      .map(
        (folder) => `Add a row "| \`${folder}/\` | ..." to the folder table of ARCHITECTURE.md.`,
      ),
    ...rows
      .filter((row) => row !== undefined && !folders.includes(row))
      .map((row) => `ARCHITECTURE.md has a row for ${row}/, which does not exist.`),
  ];
  expect(faults).toEqual([]);
});

test('no source file has more than 400 lines', () => {
  const faults = sources
    .map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 400)
    .map(({ file, lines }) => `${file} has ${lines} lines: split it by idea.`);
  expect(faults).toEqual([]);
});

test('no folder is named for a heap of things', () => {
  const heaps = /^(utils?|helpers?|commons?|misc|shared)$/;
  const faults = tree.folders
    .filter((folder) => heaps.test(folder.split('/').at(-1) ?? ''))
    .map((folder) => `${folder}/ says nothing: name the folder after what its files are about.`);
  expect(faults).toEqual([]);
});

test('kebab-case names every source file', () => {
  const named = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
  const faults = sources
    .filter((file) => !named.test(file.split('/').at(-1) ?? ''))
    .map((file) => `${file} is not in kebab-case.`);
  expect(faults).toEqual([]);
});

/** The words of an identifier: `liveChatTTL` -> live, chat, ttl. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4')
    .toLowerCase()
    .split('_');

/** The word of the glossary that the name replaces, or undefined for a name that is fine. */
function wrongWord(name: string): string | undefined {
  const words = wordsOf(name);
  return words.find((word, at) => {
    if (/^tickets?$/.test(word)) return true;
    // "Live chat" is the name of a channel, "chat-like" a kind of one; a chat is not a thing of the model.
    if (/^chats?$/.test(word)) return words[at - 1] !== 'live' && words[at + 1] !== 'like';
    if (!/^cases?$/.test(word)) return false;
    const letters = [words[at - 1], words[at + 1]].join(' ');
    return !/lower|upper|camel|kebab|snake|sensitive|insensitive/.test(letters);
  });
}

test('the words ticket, chat and case are told from their look-alikes', () => {
  const wrong = ['closeTicket', 'TICKET_ID', 'chatId', 'openChats', 'caseOwner', 'Case'];
  const fine = [
    'LiveChatSettings',
    'LIVE_CHAT',
    'chatLike',
    'lowerCase',
    'caseInsensitive',
    'conversation',
  ];
  expect(wrong.filter((name) => !wrongWord(name))).toEqual([]);
  expect(fine.filter((name) => wrongWord(name))).toEqual([]);
});

test('a conversation is called a conversation', () => {
  const exported =
    /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|function|class|interface|type|enum) (\w+)/gm;
  const modelled = /^(?:model|enum|type) (\w+)|^ {2}([a-z]\w*) +[A-Z]/gm;
  const names = [
    ...sources
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
      .flatMap((file) => [...read(file).matchAll(exported)].map((found) => [file, found[1]])),
    ...[...read('prisma/schema.prisma').matchAll(modelled)].map((found) => [
      'prisma/schema.prisma',
      found[1] ?? found[2],
    ]),
  ];
  const faults = names
    .filter(([, name]) => wrongWord(name ?? ''))
    .map(([file, name]) => `${file}: ${name} uses a word that docs/glossary.md does not have.`);
  expect(names.length).toBeGreaterThan(50);
  expect(faults).toEqual([]);
});

test('docs/errors.md lists exactly the codes of core/errors.ts, with their status', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| *`([A-Z_]+)` *\| *(\d{3}) *\|/gm)];
  const listed = new Map(rows.map(([, code, status]) => [code, Number(status)]));
  const faults = [
    ...Object.entries(ERRORS)
      .filter(([code, { status }]) => listed.get(code) !== status)
      .map(([code, { status }]) => `docs/errors.md needs a row "| \`${code}\` | ${status} | ...".`),
    ...[...listed.keys()]
      .filter((code) => code !== undefined && !(code in ERRORS))
      .map((code) => `docs/errors.md lists ${code}, which core/errors.ts does not have.`),
  ];
  expect(faults).toEqual([]);
});
