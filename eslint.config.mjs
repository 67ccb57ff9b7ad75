import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { existsSync } from 'node:fs';
import direction from './eslint.direction.cjs';

const pureOnly = 'core is pure: the time, randomness and the world come in as arguments.';

/** No clock and no randomness in core. */
const impure = [
  'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
  'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
  'CallExpression[callee.name="Date"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.object.name="DateTime"][callee.property.name=/^(now|local|utc)$/][arguments.length=0]',
].map((selector) => ({ selector, message: pureOnly }));

/** Names that reach the world without an import. */
const world = [
  ...['process', 'Buffer', 'fetch', 'crypto', 'performance', 'console', 'require', '__dirname'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'WebSocket'],
].map((name) => ({ name, message: pureOnly }));

const envMessage = 'Only platform/env.ts reads the environment; ask for what you need instead.';
const readsEnv = [
  'MemberExpression[object.name="process"][property.name="env"]',
  'MemberExpression[object.name="process"][property.value="env"]',
  'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
].map((selector) => ({ selector, message: envMessage }));
const processModule = ['process', 'node:process'].map((name) => ({ name, message: envMessage }));

const tests = ['**/*.test.ts', '**/*.test-kit.ts', 'tests/**', 'web/tests/**'];

const webApps = [
  { files: '{panel,ui}/**/*.{ts,tsx}', settings: 'tsconfig.json' },
  { files: 'tests/**/*.ts', settings: 'tests/tsconfig.json' },
  ...['widget', 'embed', 'shop']
    .filter((app) => existsSync(new URL(`web/${app}/tsconfig.json`, import.meta.url)))
    .map((app) => ({ files: `${app}/**/*.{ts,tsx}`, settings: `${app}/tsconfig.json` })),
];

export default tseslint.config(
  {
    ignores: [
      ...['**/node_modules/**', 'dist/**', 'coverage/**', '.cache/**', '.switchyard/**'],
      ...['db/generated/**', 'web/**/dist/**'],
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    plugins: { switchyard: direction.plugin },
    languageOptions: {
      parserOptions: { project: './tsconfig.eslint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'switchyard/direction': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A function that must return a promise need not have something to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-imports': ['error', { paths: processModule }],
      'no-restricted-syntax': ['error', ...readsEnv],
    },
  },
  {
    files: ['core/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', ...world],
      'no-restricted-syntax': ['error', ...readsEnv, ...impure],
    },
  },
  {
    files: tests,
    rules: {
      // Bodies of answers and rows of ad-hoc queries have no type worth writing down in a test.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // What browsers run is read with the settings of its own app.
  ...webApps.map((app) => ({
    files: [`web/${app.files}`],
    languageOptions: {
      parserOptions: { project: `./web/${app.settings}`, tsconfigRootDir: import.meta.dirname },
    },
  })),
  {
    files: ['web/**/*.{ts,tsx}'],
    rules: {
      // React's handlers may be given a promise where nobody waits for it.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    files: ['platform/env.ts', 'prisma.config.ts', 'bench/**', ...tests],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-imports': 'off' },
  },
  {
    // The plain bootstrap and the settings of tools: no types to check, but promises are.
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['process', 'console', 'URL', 'fetch', 'Buffer', 'WebAssembly', 'globalThis'],
          ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
          ...['AbortSignal', 'AbortController', 'TextDecoder', 'TextEncoder', 'performance'],
          ...['require', 'module', '__dirname'],
        ].map((name) => [name, 'readonly']),
      ),
      parserOptions: { project: './tsconfig.eslint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
    },
  },
);
