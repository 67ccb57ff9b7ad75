/**
 * Prisma's schema engine as WebAssembly, so that migrations need npm packages and nothing else (the
 * Prisma CLI would download a native engine). Used with three corrections, each explained at its
 * place; docs of the parts: @prisma/schema-engine-wasm and @prisma/driver-adapter-utils.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The type of Postgres' one-byte "char" and of text.
const charOid = 18;
const textOid = 25;

/**
 * Runs `use(engine)` on a schema engine connected to `url` and closes its connections afterwards.
 * Rejects with what the engine or Postgres said.
 */
export async function withSchemaEngine(url, use) {
  const [bindings, { PrismaPg }, utils] = await Promise.all([
    loadBindings(),
    import('@prisma/adapter-pg'),
    import('@prisma/driver-adapter-utils'),
  ]);
  const factory = new PrismaPg({ connectionString: url });
  const opened = [];
  const open = async (connect) => {
    const adapter = correct(await connect(), utils.ColumnTypeEnum);
    opened.push(adapter);
    return adapter;
  };
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: undefined },
      () => {},
      utils.bindMigrationAwareSqlAdapterFactory({
        provider: factory.provider,
        adapterName: factory.adapterName,
        connect: () => open(() => factory.connect()),
        connectToShadowDb: () => open(() => factory.connectToShadowDb()),
      }),
    );
    return await use(engine);
  } finally {
    // An idle pool would hold the process for ten seconds.
    await Promise.all(opened.map((adapter) => adapter.dispose()));
  }
}

let loaded;

// Once a process: the bindings keep views of the first instance's memory.
const loadBindings = () => (loaded ??= instantiate());

// First correction: the package's main file does not load on Node 20, so its bindings are
// instantiated here; and without this registry every panic of the engine reads as a TypeError.
async function instantiate() {
  const require = createRequire(import.meta.url);
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = require
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  return bindings;
}

function correct(adapter, columnTypes) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  let charColumns = [];
  // Second correction: adapter-pg cannot read columns of type "char", which the catalogue is full
  // of. They are read as text and reported as characters.
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    charColumns = [];
    (result.fields ?? []).forEach((field, index) => {
      if (field.dataTypeID !== charOid) return;
      field.dataTypeID = textOid;
      charColumns.push(index);
    });
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns) result.columnTypes[index] = columnTypes.Character;
    return result;
  };
  // Third correction: adapter-pg splits a script at every semicolon, which breaks function bodies
  // and leaves a failed migration half applied. Sent whole, Postgres takes all of it or nothing.
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}
