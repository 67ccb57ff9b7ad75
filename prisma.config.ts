import { defineConfig } from 'prisma/config';

// The CLI only needs a url for commands that talk to a database; `generate` does not, so it gets one that goes nowhere.
const url = process.env['DATABASE_URL'] ?? 'postgresql://127.0.0.1:1/none';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url },
});
