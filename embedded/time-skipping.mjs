/**
 * The time-skipping test server, on which workflow tests live through days in a second. Only tests
 * need it, and they say so when a machine cannot have it.
 *   node embedded/time-skipping.mjs     print its path, or why there is none
 */
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, runCommand } from './failure.mjs';
import { cacheDir } from './paths.mjs';
import { run, withProgress } from './progress.mjs';
import { sdkDownload } from './sdk-download.mjs';
import { isExecutable, onPath } from './tools.mjs';

const version = '1.32.0';
const folder = join(cacheDir, 'time-skipping', version);
const downloaded = join(cacheDir, 'time-skipping', `temporal-test-server-${version}`);
const wrapper = join(folder, 'temporal-test-server');

/**
 * Looks in TEMPORAL_TEST_SERVER_PATH, on PATH and in our cache; else the SDK's download, else the
 * Maven artefact run by Java.
 *
 * @returns {Promise<{ path?: string, reason?: string }>} its absolute path, or why there is none
 */
export async function obtainTimeSkippingServer() {
  const given = process.env.TEMPORAL_TEST_SERVER_PATH;
  if (given) {
    if (isExecutable(given)) return { path: resolve(given) };
    throw new Failure(
      `TEMPORAL_TEST_SERVER_PATH is ${given}, which cannot be run: correct or unset it.`,
    );
  }
  const found = [onPath('temporal-test-server'), downloaded, wrapper].find(
    (file) => file && isExecutable(file),
  );
  if (found) return { path: found };
  const missed = await withProgress(
    'Downloading the time-skipping test server (30 MB; given up within seconds if out of reach).',
    () => sdkDownload('temporal-test-server', 'default', downloaded),
  );
  if (!missed) return { path: downloaded };
  const mvn = onPath('mvn');
  const java = onPath('java');
  if (!mvn || !java) {
    const tools = [!java && 'a Java runtime', !mvn && 'Maven'].filter(Boolean).join(' and ');
    return { reason: `${missed}, and ${tools} is missing` };
  }
  const failed = await withProgress(
    `Fetching the time-skipping test server with Maven, since ${missed} (33 MB, half a minute).`,
    () => fetchJars(mvn),
  );
  return failed ? { reason: `${missed}, and ${failed}` } : { path: wrapper };
}

async function fetchJars(mvn) {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const pom = join(unfinished, 'pom.xml');
  writeFileSync(pom, project());
  const { code, output } = await run(
    mvn,
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DoutputDirectory=jars'],
    { timeoutMs: 300_000 },
  );
  if (code !== 0)
    return `Maven failed: ${output.split('\n').find((line) => line.trim()) ?? 'late'}`;
  const script = join(unfinished, 'temporal-test-server');
  // `exec`, because the SDK ends the server by the id of the process it started.
  writeFileSync(
    script,
    `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -Xshare:auto -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"
`,
  );
  chmodSync(script, 0o755);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return undefined;
}

const project = () => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>switchyard</groupId>
  <artifactId>time-skipping</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(async () => {
    const { path, reason } = await obtainTimeSkippingServer();
    if (!path) throw new Failure(`There is no time-skipping server: ${reason}.`);
    console.log(path);
  });
}
