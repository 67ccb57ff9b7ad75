import { z } from 'zod';
import { takesBody, type Endpoint } from '../contracts/endpoint';
import { endpoints } from '../contracts/http/endpoints';
import type { ErrorCode } from '../core/errors';
import { createBadInput, MARK, type BadInput } from '../tests/support/bad-input';

let bad: BadInput;
beforeAll(async () => {
  bad = await createBadInput();
});
afterAll(() => bad.close());

const people = endpoints.filter(({ access }) => /^(agent|supervisor|admin)$/.test(access));
const withBody = people.filter((contract) => contract.bodyType === 'json' && takesBody(contract));
/** A path whose ids are well-formed; nothing has them. */
const pathOf = (contract: Endpoint): string =>
  contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'number' ? '1' : '00000000-0000-4000-8000-000000000000',
  );

describe('every endpoint for people', () => {
  it.each(people.map((contract) => [contract.id, contract] as const))(
    '%s asks who one is',
    async (_, contract) => {
      const { method } = contract;
      const path = pathOf(contract);
      for (const caller of ['none', 'forged', 'expired', 'ended'] as const) {
        await bad.refusedWith({ method, path, caller, body: {} }, 'UNAUTHENTICATED');
      }
      if (contract.access !== 'agent') {
        await bad.refusedWith({ method, path, caller: 'agent', body: {} }, 'FORBIDDEN');
      }
    },
  );

  const withIds = people.filter(({ path }) => path.includes('{'));
  it.each(withIds.map((contract) => [contract.id, contract] as const))(
    '%s knows nothing by a malformed id',
    async (_, { method, path }) => {
      for (const id of [MARK, '1', '%00', '..%2f..', 'x'.repeat(500), "'%20OR%201=1"]) {
        await bad.refusedWith(
          { method, path: path.replace(/\{\w+\}/g, id), body: {} },
          'NOT_FOUND',
        );
      }
    },
  );

  it.each(withBody.map((contract) => [contract.id, contract] as const))(
    '%s refuses a body of another form',
    async (_, contract) => {
      const { method } = contract;
      const path = pathOf(contract);
      const say = (raw: string, code: ErrorCode, type?: string) =>
        bad.refusedWith({ method, path, raw, ...(type ? { type } : {}) }, code);
      await say(`{"text": "${MARK}"`, 'MALFORMED_JSON');
      await say(`{"text": "${MARK}\u0000"}`, 'MALFORMED_JSON');
      await say(`"${MARK}"`, 'MALFORMED_JSON');
      await say(`["${MARK}"]`, 'INVALID_REQUEST');
      await say(`{"${MARK}": 1}`, 'INVALID_REQUEST');
      await say(`{"__proto__": {"role": "admin"}, "${MARK}": 1}`, 'INVALID_REQUEST');
      await say(JSON.stringify({ text: MARK.repeat(20_000) }), 'PAYLOAD_TOO_LARGE');
      await say(`text=${MARK}`, 'UNSUPPORTED_MEDIA_TYPE', 'application/x-www-form-urlencoded');
      await say(MARK, 'UNSUPPORTED_MEDIA_TYPE', 'text/plain');
      await say(`{}`, 'UNSUPPORTED_MEDIA_TYPE', 'application/json; charset=klingon');
    },
  );

  const lists = people.filter(
    ({ query }) => query instanceof z.ZodObject && 'limit' in query.shape,
  );
  it.each(lists.map((contract) => [contract.id, contract] as const))(
    '%s refuses a page that makes no sense',
    async (_, contract) => {
      const path = pathOf(contract);
      for (const query of ['limit=0', 'limit=101', 'limit=ten', `nonsense=${MARK}`]) {
        await bad.refusedWith({ method: 'get', path: `${path}?${query}` }, 'INVALID_REQUEST');
      }
    },
  );
});
