import request from 'supertest';
import { takesBody } from '../contracts/endpoint';
import { endpoints } from '../contracts/http/endpoints';
import { isErrorCode } from '../core/errors';
import { createTestApi, type TestApi } from '../tests/support/api';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

/** Every `$ref` in a document. */
function refsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' ? [String(child)] : refsOf(child),
  );
}

describe('the document of the API', () => {
  it('describes every endpoint once, with its codes', async () => {
    const { body } = await api.call('get', '/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    const described = Object.entries<Record<string, { operationId: string }>>(body.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, { operationId }]) => [operationId, method, path]),
    );
    const served = endpoints.map(({ id, method, path }) => [id, method, path]);
    expect(described.sort()).toEqual(served.sort());
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
  });

  it('hangs together: every reference leads somewhere, every parameter of a path is described', async () => {
    const { body } = await api.call('get', '/openapi.json');
    for (const ref of refsOf(body)) {
      const found = ref
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((at, word) => (at as Record<string, unknown>)?.[word], body);
      expect([ref, typeof found]).toEqual([ref, 'object']);
    }
    for (const { id, method, path, params, status } of endpoints) {
      const operation = body.paths[path][method];
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const inPath = (operation.parameters ?? []).filter((p: { in: string }) => p.in === 'path');
      expect([id, inPath.map((p: { name: string }) => p.name)]).toEqual([id, named]);
      expect(params.safeParse({}).success).toBe(named.length === 0);
      expect(Object.keys(operation.responses)).toContain(String(status));
      expect(Object.keys(operation.responses)).toContain('500');
    }
  });

  it('names only codes of the catalogue, and says of a POST that it honours Idempotency-Key', async () => {
    const { body } = await api.call('get', '/openapi.json');
    for (const contract of endpoints) {
      expect(contract.errors.filter((code) => !isErrorCode(code))).toEqual([]);
      const operation = body.paths[contract.path][contract.method];
      const headers = (operation.parameters ?? []).filter((p: { in: string }) => p.in === 'header');
      expect(headers).toHaveLength(contract.method === 'post' ? 1 : 0);
      expect([contract.id, operation.requestBody !== undefined]).toEqual([
        contract.id,
        takesBody(contract),
      ]);
    }
  });

  it('is served for every endpoint: each path is known to the server', async () => {
    for (const { id, method, path, access } of endpoints) {
      const at = path.replace(/\{(\w+)\}/g, '00000000-0000-4000-8000-000000000000');
      const answer = await api.call(method, at);
      const missing = answer.status === 404 && access !== 'visitor' && access !== 'channel';
      expect([id, missing, answer.status >= 500]).toEqual([id, false, false]);
    }
  });

  it('can be browsed, under a policy that runs only our own scripts', async () => {
    const page = await request(api.url).get('/docs').expect(200);
    expect(page.text).toContain('/docs/start.js');
    expect(page.text).not.toMatch(/<script>|<style>| on\w+=/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    await request(api.url).get('/docs/start.js').expect(200);
    await request(api.url).get('/docs/swagger-ui-bundle.js').expect(200);
    await request(api.url).get('/docs/swagger-ui.css').expect(200);
  });
});
