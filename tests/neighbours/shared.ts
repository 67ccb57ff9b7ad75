/** An installation on the engines that all tests share, with a database and a namespace of its own. */
import { freshDatabase } from '../support/database';
import { temporalAddress } from '../support/engines';
import { newNamespace } from '../support/product';
import { install, type Installation } from './installation';

export async function installOnShared(
  env: Readonly<Record<string, string>> = {},
): Promise<Installation & { readonly database: string }> {
  const database = await freshDatabase();
  try {
    const installation = await install({
      databaseUrl: database.url,
      temporalAddress: temporalAddress(),
      namespace: await newNamespace(),
      env,
    });
    return {
      ...installation,
      database: new URL(database.url).pathname.slice(1),
      async close() {
        await installation.close();
        await database.drop();
      },
    };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
