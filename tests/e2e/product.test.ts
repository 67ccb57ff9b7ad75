import { HttpClient } from '../../cli/demo/http-client';
import { DEMO_PASSWORD } from '../../prisma/seed';
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 90_000);
afterAll(() => product?.close());

interface Played {
  steps: { name: string; ms: number }[];
  conversationId: string;
  status: string;
  rating: number;
  temporalUrl: string;
  routing: { conversationId: string; explanation: string[] };
  uncleared: string[];
}

async function play(): Promise<Played> {
  const { code, stdout, stderr } = await product.cli('demo', '--json', '--url', product.url);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Played;
}

let earlier: Played;

it('the demo plays a conversation to its rated end', async () => {
  const first = await play();
  expect(first).toMatchObject({ status: 'closed', rating: 9 });
  expect(first.temporalUrl).toBe(
    `http://temporal.test/namespaces/${product.namespace}/workflows/conversation-${first.conversationId}`,
  );
  expect(first.steps.length).toBeGreaterThanOrEqual(8);
  for (const step of first.steps)
    expect(step).toEqual({ name: expect.any(String), ms: expect.any(Number) });
  earlier = first;
}, 90_000);

it('the demo can be played again, shows how an agent is found, and leaves the house as it was', async () => {
  const { steps, conversationId, status, routing, uncleared } = await play();
  expect(status).toBe('closed');
  expect(conversationId).not.toBe(earlier.conversationId);
  expect(uncleared).toEqual([]);
  expect(steps.reduce((ms, step) => ms + step.ms, 0)).toBeLessThan(45_000);
  const told = routing.explanation.join('\n');
  expect(told).toMatch(
    /Offered to Rita Rejects[^]*Offered to Mo Misses[^]*Left in the line[^]*Given to Olga Overflow/,
  );
  expect(told).toContain('It was looked at because an offer had been rejected.');
  expect(told).toContain('It was looked at because an offer had not been answered in time.');
  expect(told).toContain('It was looked at because it had gone on from another queue.');
  const { stdout } = await product.cli('explain', routing.conversationId);
  expect(stdout).toMatch(/^Conversation \d+: closed/);
  for (const line of routing.explanation) expect(stdout).toContain(line.trim());

  const admin = new HttpClient(product.url);
  const { token } = await admin.call<{ token: string }>('POST', '/sessions', {
    email: 'admin@example.com',
    password: DEMO_PASSWORD,
    state: 'paused',
  });
  const names = async (path: string): Promise<string[]> => {
    const { items } = await admin.as(token).call<{ items: { name: string }[] }>('GET', path);
    return items.map(({ name }) => name);
  };
  expect(await names('/queues')).toEqual(['Sales', 'Support']);
  expect(await names('/channels')).toEqual(['Open demo', 'Website']);
  expect(await names('/agents')).toEqual(['Ada Admin', 'Alex Agent', 'Ari Agent', 'Sam Super']);
}, 120_000);

it('the demo says in a sentence what is wrong', async () => {
  const { code, stderr } = await product.cli('demo', '--url', 'http://127.0.0.1:9');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:9 does not answer .*npm start/);
}, 30_000);

it('explain tells the conversation by its number, without what was written', async () => {
  const { code, stdout } = await product.cli('explain', '1');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Conversation 1: closed; its agent is Alex Agent\./);
  expect(stdout).toContain('Offered to Alex Agent.');
  expect(stdout).toContain('Alex Agent accepted the offer.');
  expect(stdout).toContain('The customer rated it 9 of 10.');
  expect(stdout).toContain('Alex Agent, at 0 %, was chosen.');
  expect(stdout).not.toContain('order');
  const told = await product.cli('explain', '#1', '--text');
  expect(told.stdout).toContain('order');
  const unknown = await product.cli('explain', '4711');
  expect(unknown).toMatchObject({
    code: 1,
    stderr: 'There is no conversation 4711: give its id or its number.\n',
  });
}, 60_000);

it('doctor finds everything in order, and says what is not', async () => {
  const well = await product.cli('doctor', '--json', '--url', product.url);
  const { ok, checks } = JSON.parse(well.stdout) as {
    ok: boolean;
    checks: { name: string; ok: boolean; says: string }[];
  };
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect({ ok, code: well.code }).toEqual({ ok: true, code: 0 });
  const ill = await product.cli('doctor', '--url', 'http://127.0.0.1:9');
  expect(ill.code).toBe(1);
  expect(ill.stdout).toMatch(/^problem +API +The API does not answer/m);
}, 60_000);

it('reconcile and migrate find nothing to do', async () => {
  const reconciled = await product.cli('reconcile');
  expect(reconciled).toMatchObject({ code: 0, stderr: '' });
  expect(reconciled.stdout).toContain('Nothing is left alone.');
  expect(await product.cli('migrate')).toMatchObject({ code: 0, stdout: 'Nothing to apply.\n' });
}, 60_000);

it('both processes go in order when they are asked to', async () => {
  expect(await product.stop()).toEqual({ api: 0, workers: 0 });
}, 60_000);
