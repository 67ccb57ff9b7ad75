/** Jest settings of `npm run histories:record`: the engines of the project `server`, and one file. */
import jest from '../../jest.config.mjs';

const server = jest.projects.find((project) => project.displayName === 'server');

export default {
  ...jest,
  maxWorkers: 1,
  testTimeout: 120_000,
  projects: [
    {
      ...server,
      displayName: 'record',
      testMatch: [`${server.rootDir.replace(/\/$/, '')}/tests/replay/record.ts`],
    },
  ],
};
