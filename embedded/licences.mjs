/**
 * Checks the licence of every installed package, those of development too. Ends with code 1 and
 * names who is not allowed.
 *   node embedded/licences.mjs
 */
import './node-version.mjs';
import { promisify } from 'node:util';
import { Failure, runCommand } from './failure.mjs';
import { root } from './paths.mjs';

/** Licences that ask for no more than to be named. */
const permissive = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC'],
  ...['MIT', 'MIT-0', 'PostgreSQL', 'Python-2.0', 'Unlicense', 'Zlib'],
]);

/** Packages whose licence was read by a person, with what it said then: another one is asked about again. */
const exceptions = {
  'axe-core': [
    'MPL-2.0',
    'looks for barriers in tests, unchanged: development only, never shipped',
  ],
  '@visx/vendor': ['ISC*', 'says "MIT and ISC", which is not SPDX; both are permissive'],
  'caniuse-lite': ['CC-BY-4.0', 'a table of facts about browsers, used unchanged by a bundler'],
  elkjs: ['EPL-2.0', 'belongs to the studio of the Prisma CLI: development only, never shipped'],
  lightningcss: ['MPL-2.0', 'makes stylesheets small, unchanged: development only, never shipped'],
  'spdx-exceptions': ['CC-BY-3.0', 'a list of names, used unchanged by this very check'],
  'spdx-ranges': ['(MIT AND CC-BY-3.0)', 'a list of names, used unchanged by this very check'],
  unionfs: ['Public Domain', 'its LICENSE is the text of the Unlicense'],
};

/** Whether an SPDX expression allows us to use the package under permissive licences only. */
function isPermissive(expression) {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => permissive.has(name)));
}

function fault(nameAndVersion, licence) {
  const name = nameAndVersion.slice(0, nameAndVersion.lastIndexOf('@'));
  // Of a package with native parts each platform has its own.
  const whole = name.replace(/-(android|darwin|freebsd|linux|win32)-.*$/, '');
  if (isPermissive(licence) || exceptions[whole]?.[0] === licence) return undefined;
  return `${nameAndVersion} is under "${licence}", which embedded/licences.mjs does not allow.`;
}

await runCommand(async () => {
  const { init } = await import('license-checker-rseidelsohn');
  const found = await promisify(init)({ start: root, excludePrivatePackages: true });
  const licences = Object.entries(found).map(([name, { licenses }]) => [
    name,
    [licenses].flat().join(' AND '),
  ]);
  const faults = licences.flatMap(([name, licence]) => fault(name, licence) ?? []);
  if (faults.length > 0) throw new Failure(faults.join('\n'));
  console.log(`${licences.length} packages, all under licences that are allowed.`);
});
