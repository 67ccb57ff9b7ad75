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
}

async function play(): Promise<Played> {
  const { code, stdout, stderr } = await product.cli('demo', '--json', '--url', product.url);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Played;
}

it('the demo plays a conversation to its rated end, and can be played again', async () => {
  const first = await play();
  expect(first).toMatchObject({ status: 'closed', rating: 9 });
  expect(first.temporalUrl).toBe(
    `http://temporal.test/namespaces/${product.namespace}/workflows/conversation-${first.conversationId}`,
  );
  expect(first.steps.length).toBeGreaterThanOrEqual(8);
  for (const step of first.steps)
    expect(step).toEqual({ name: expect.any(String), ms: expect.any(Number) });
  const second = await play();
  expect(second.conversationId).not.toBe(first.conversationId);
  expect(second.status).toBe('closed');
}, 90_000);

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
