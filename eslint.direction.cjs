/**
 * Which folder may import which: the law of ARCHITECTURE.md as one table and the ESLint rule that
 * reads it. Tests and the composition roots (workers, cli, bench) may import anything.
 */
const { builtinModules } = require('node:module');
const path = require('node:path');

const root = __dirname;
const builtins = new Set(builtinModules);

/**
 * `ours`: folders, or single files, of the checkout that may be imported beside the folder itself.
 * `types`: the same, but only by `import type`. `only`: the packages that may be imported; where it
 * is missing all may, except those that `reserved` gives to other folders. `node`: Node's own modules.
 */
const law = {
  core: { ours: [], only: ['luxon'], node: false },
  contracts: { ours: ['core'], only: ['zod'], node: false },
  workflows: {
    ours: ['core'],
    types: ['contracts', 'activities'],
    only: ['@temporalio/workflow', '@temporalio/common'],
    node: false,
  },
  activities: {
    ours: [
      'core',
      'contracts',
      'db',
      'platform',
      'channels/registry',
      'workflows/messages',
      'workflows/ids',
      'workflows/search-attributes',
    ],
    types: ['channels/channel'],
  },
  channels: { ours: ['core', 'contracts'], types: ['platform'] },
  db: { ours: ['core'] },
  api: {
    ours: [
      'core',
      'contracts',
      'db',
      'platform',
      'workflows/messages',
      'workflows/ids',
      'channels/inbound',
      'prisma/seed',
    ],
    types: ['channels/channel'],
  },
  platform: { ours: ['core', 'workflows/messages', 'workflows/ids'], types: ['db'] },
  prisma: { ours: ['core', 'db', 'platform'] },
  web: { ours: ['contracts'], types: ['core'], node: false },
};

/** Packages that only these folders may import. */
const reserved = [
  { packages: ['pg', '@prisma'], folders: ['db'] },
  { packages: ['express', 'socket.io', 'multer', 'helmet'], folders: ['api'] },
  { packages: ['@temporalio/worker'], folders: ['platform'] },
  {
    packages: ['@temporalio'],
    folders: ['workflows', 'activities', 'api', 'platform'],
  },
];

/** Folders that construct things: nobody but they themselves may import them. */
const roots = ['workers', 'cli', 'bench', 'tests', 'embedded'];

const isUnder = (name, entry) => name === entry || name.startsWith(`${entry}/`);
// The journeys and the build of web/ run in Node and reach over all folders.
const isTest = (file) =>
  /\.(test|test-kit)\.tsx?$/.test(file) || /^web\/(tests\/|[^/]+\.mjs$)/.test(file);

/**
 * Why the file may not import this, or undefined where it may.
 *
 * @param {string} file path of the importing file inside the checkout, with forward slashes
 * @param {string} wanted what stands between the quotes
 * @param {boolean} isType whether it is an `import type`
 */
function fault(file, wanted, isType) {
  const [folder, medium] = file.split('/');
  const rules = law[folder];
  if (!rules || isTest(file)) return undefined;
  if (!wanted.startsWith('.')) return packageFault(folder, rules, wanted);

  const target = path.posix.join(path.posix.dirname(file), wanted);
  const targetFolder = target.split('/')[0];
  if (targetFolder === folder)
    return folder === 'channels' ? mediumFault(medium, target) : undefined;
  if (roots.includes(targetFolder)) return `${targetFolder} constructs things: nobody imports it.`;
  if (rules.ours.some((entry) => isUnder(target, entry))) return undefined;
  const asType = (rules.types ?? []).some((entry) => isUnder(target, entry));
  if (asType && isType) return undefined;
  if (asType) return `${folder} may have the types of ${target} only: write "import type".`;
  const allowed = [...rules.ours, ...(rules.types ?? []).map((entry) => `types of ${entry}`)];
  return `${folder} may import ${[folder, ...allowed].join(', ')}; not ${target}.`;
}

// A medium's folder knows the port, never another medium; the files beside them know all.
function mediumFault(medium, target) {
  const [, other, deeper] = target.split('/');
  if (medium.endsWith('.ts') || !deeper || other === medium) return undefined;
  return `The channel ${medium} must not know the channel ${other}.`;
}

function packageFault(folder, rules, wanted) {
  const [first] = wanted.split('/');
  if (wanted.startsWith('node:') || builtins.has(first)) {
    return rules.node === false ? `${folder} must not use Node's own modules.` : undefined;
  }
  if (rules.only) {
    if (rules.only.some((entry) => isUnder(wanted, entry))) return undefined;
    return `${folder} may use ${rules.only.join(', ')}; not ${wanted}.`;
  }
  const rule = reserved.find(({ packages }) => packages.some((entry) => isUnder(wanted, entry)));
  if (!rule || rule.folders.includes(folder)) return undefined;
  const keepers = [...rule.folders, 'the composition roots'].join(', ');
  return `${wanted} is for ${keepers}; not for ${folder}.`;
}

const rule = {
  meta: { type: 'problem', docs: { description: 'Who may import whom.' }, schema: [] },
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    const check = (source, isType) => {
      if (typeof source?.value !== 'string') return;
      const message = fault(file, source.value, isType);
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source, true),
      TSExternalModuleReference: (node) => check(node.expression, false),
      'CallExpression[callee.name="require"]': (node) => check(node.arguments[0], false),
    };
  },
};

module.exports = { fault, plugin: { rules: { direction: rule } } };
