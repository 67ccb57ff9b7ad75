/**
 * Looks at what set-up has brought, without bringing anything. For `switchyard doctor`, which may
 * be called where nothing has been set up yet.
 */
import { areInstalled } from './dependencies.mjs';
import { inRoot, readIfThere } from './paths.mjs';
import { postgresMajor } from './postgres-binaries.mjs';
import { findTemporalCli } from './temporal-cli.mjs';

const again = 'run "npm run setup"';

const looks = {
  Node: async () => `Node ${process.versions.node}.`,
  packages: async () => {
    if (areInstalled()) return 'The npm packages are those of package-lock.json.';
    throw new Error(`The npm packages are not those of package-lock.json: ${again}.`);
  },
  build: async () => {
    if (readIfThere(inRoot('dist', 'cli', 'main.js'))) return 'The programs are built.';
    throw new Error(`The programs are not built: ${again}.`);
  },
};

const engineLooks = {
  database: async () =>
    `The embedded Postgres ${postgresMajor()} is there; it runs while "npm start" does.`,
  Temporal: async () => {
    const file = await findTemporalCli();
    if (file) return `The Temporal server is there (${file}); it runs while "npm start" does.`;
    throw new Error(`There is no Temporal server: ${again}, or set TEMPORAL_ADDRESS.`);
  },
};

/** What set-up must have brought in any event: `{ name, ok, says }` each, in a sentence for people. */
export const inspectCheckout = () => lookAll(looks);

/** The engines of one's own, for whoever has no others: `database` or `Temporal`. */
export const inspectEngine = async (name) => (await lookAll({ [name]: engineLooks[name] }))[0];

async function lookAll(given) {
  const findings = [];
  for (const [name, look] of Object.entries(given)) {
    try {
      findings.push({ name, ok: true, says: await look() });
    } catch (error) {
      findings.push({ name, ok: false, says: error.message });
    }
  }
  return findings;
}
