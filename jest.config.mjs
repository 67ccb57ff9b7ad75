const typescript = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  testEnvironment: 'node',
  transform: typescript,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  modulePathIgnorePatterns: ['dist', '.cache', '.switchyard', 'coverage'].map(
    (folder) => `<rootDir>/${folder}/`,
  ),
  ...extra,
});

const engines = (setup) => ({
  globalSetup: `<rootDir>/tests/support/${setup}.ts`,
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
});

/**
 * Four projects: `unit` touches nothing, `server` has real engines, `workflows` skips time, `browser` has a real
 * browser beside real engines.
 */
export default {
  // Engines and workers of Temporal share the machine with the tests.
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    project('unit', [
      '{core,contracts,platform,channels}/**/*.test.ts',
      'web/!(tests)/**/*.test.ts',
      'tests/{,model/}*.test.ts',
    ]),
    project(
      'server',
      [
        '{db,api,activities,embedded,workers,cli,prisma}/**/*.test.ts',
        'tests/!(replay|support)/**/*.test.ts',
      ],
      { ...engines('global-setup-server'), testPathIgnorePatterns: ['<rootDir>/tests/model/'] },
    ),
    project(
      'workflows',
      ['workflows/**/*.test.ts', 'tests/replay/**/*.test.ts'],
      engines('global-setup-workflows'),
    ),
    project('browser', ['web/tests/**/*.test.ts'], engines('global-setup-browser')),
  ],
};
