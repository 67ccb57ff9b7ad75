import type { Browser, Locator, Page } from 'playwright-core';
import { DEMO } from '../../prisma/seed';
import { startProduct, type Product } from '../../tests/support/product';
import {
  describeInBrowser,
  faultsOfAccess,
  launchBrowser,
  openScreen,
  type Screen,
} from './browser.test-kit';
import { signInAs } from './panel.test-kit';
import { signInByApi, visitorWrites, type Person } from './scene.test-kit';

describeInBrowser('overseeing queues and agents', () => {
  let product: Product;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let alex: Person;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    screen = await openScreen(browser);
    page = screen.page;
    await signInAs(page, product.url, 'supervisor');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  const row = (kind: 'queue' | 'agent' | 'conversation', id: string): Locator =>
    page.locator(`[data-${kind}="${id}"]`);
  /** Opens the menu of a row and chooses from it. */
  const choose = async (of: Locator, entry: string): Promise<void> => {
    await of.getByRole('button', { name: /^What you can do/ }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  const confirm = (button: string): Promise<void> =>
    page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
  const figure = (name: string): Locator => page.locator(`[data-number="${name}"] strong`);
  const order = (): Promise<(string | null)[]> =>
    page
      .locator('[data-conversation]')
      .evaluateAll((rows) => rows.map((each) => each.getAttribute('data-conversation')));

  it('shows what happens about a second later, and empties a queue', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { name: 'Supervise' }).waitFor();
    await row('queue', DEMO.support).waitFor();
    const began = Date.now();
    await visitorWrites(product.url, 'Nora Lind', 'Where is my parcel?');
    const support = row('queue', DEMO.support);
    await support.getByRole('cell', { name: '1', exact: true }).waitFor();
    expect(Date.now() - began).toBeLessThan(5_000);
    await support.getByText('Nobody is in').waitFor();
    expect(await figure('waiting').textContent()).toBe('1');
    expect(await faultsOfAccess(page)).toEqual([]);

    await choose(support, 'Empty the queue …');
    await page.getByText('1 conversation waits. What becomes of it?').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await confirm('Move 1 conversation');
    await row('queue', DEMO.sales).getByRole('cell', { name: '1', exact: true }).waitFor();
    await support.getByText('Nobody is in').waitFor({ state: 'hidden' });

    await choose(row('queue', DEMO.sales), 'Empty the queue …');
    await page.getByLabel('Close them').check();
    await page.getByLabel('What customers are told').fill('We are closed today.');
    await confirm('Close 1 conversation');
    await page.waitForFunction(
      () => document.querySelector('[data-number="waiting"] strong')?.textContent === '0',
    );
    expect(screen.complaints).toEqual([]);
  }, 120_000);

  it('pauses an agent with a reason and makes them available again', async () => {
    alex = await signInByApi(product.url, 'agent@example.com');
    const agent = row('agent', DEMO.agent);
    await agent.getByText('Available').waitFor();
    await choose(agent, 'Pause');
    await page.getByLabel('Reason').selectOption('lunch');
    expect(await faultsOfAccess(page)).toEqual([]);
    await confirm('Pause');
    await agent.getByText('Paused').waitFor();
    await agent.getByText('Lunch').waitFor();
    expect(await alex.call('GET', `/agents/${alex.id}`)).toMatchObject({
      ...{ state: 'paused', pauseReason: 'lunch' },
    });
    expect(screen.complaints).toEqual([]);
  }, 60_000);

  it('changes the order of a line, assigns, is heard by the agent, and releases', async () => {
    const { url } = product;
    const first = await visitorWrites(url, 'Omar Haddad', 'My invoice is wrong.');
    const second = await visitorWrites(url, 'Ines Vidal', 'I cannot sign in.');
    await choose(row('queue', DEMO.support), 'Show who waits');
    await row('conversation', second).waitFor();
    expect(await order()).toEqual([first, second]);

    await choose(row('conversation', second), 'Set the priority …');
    await page.getByLabel('Priority, 0 to 10').fill('9');
    await confirm('Set the priority');
    await page.waitForFunction(
      (id) =>
        document.querySelector('[data-conversation]')?.getAttribute('data-conversation') === id,
      second,
    );
    expect(await faultsOfAccess(page)).toEqual([]);

    await choose(row('conversation', second), 'Set the skills …');
    await page.getByLabel('Required').fill('accounts, french');
    await confirm('Set the skills');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('search').getByLabel('Show').selectOption('active');

    await alex.call('POST', '/sessions/current/heartbeat');
    await choose(row('conversation', second), 'Assign to an agent …');
    await page.getByRole('dialog').getByLabel('Agent').selectOption(alex.id);
    expect(await faultsOfAccess(page)).toEqual([]);
    await confirm('Assign');
    await row('conversation', second).getByText('With an agent').waitFor();
    await row('conversation', second).getByText('Alex Agent').waitFor();

    await choose(row('conversation', second), 'Read along');
    await page.getByRole('log').getByText('I cannot sign in.').waitFor();
    await page.getByLabel('Private message to the agent').fill('Ask for the customer number.');
    await page.getByRole('button', { name: 'Send privately' }).click();
    await page.getByRole('log').getByText('Ask for the customer number.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    const seen = await alex.call<{ messages: { direction: string }[] }>(
      'GET',
      `/conversations/${second}`,
    );
    expect(seen.messages.map(({ direction }) => direction)).toEqual(['in', 'note']);
    await confirm('Close');

    await choose(row('conversation', second), 'Release …');
    await page.getByText('Alex Agent loses it').waitFor();
    await confirm('Release');
    await row('conversation', second).getByText('In line').waitFor();

    await page.getByRole('textbox', { name: 'Customer', exact: true }).fill('Omar');
    await row('conversation', second).waitFor({ state: 'hidden' });
    expect(await order()).toEqual([first]);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row('conversation', second).waitFor();
    expect(screen.complaints).toEqual([]);
  }, 120_000);

  it('says why a conversation waits', async () => {
    const id = await visitorWrites(product.url, 'Lea Brandt', 'Do you ship to Norway?');
    await row('conversation', id)
      .getByRole('button', { name: /^Why\?/ })
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('is its place in the line of Support').waitFor();
    await drawer.locator('.why-lead').getByText('It waits because nobody is there.').waitFor();
    await drawer.getByRole('row', { name: /Alex Agent.*Is paused/ }).waitFor();
    await drawer.getByRole('row', { name: /Ari Agent.*Is not signed in/ }).waitFor();
    await drawer.getByRole('row', { name: /Nobody was there.*100 %/ }).waitFor();
    await drawer.getByText(/Left in the line of "Support"/).waitFor();
    const temporal = drawer.getByRole('link', { name: 'Its workflow in the Temporal UI' });
    expect(await temporal.getAttribute('href')).toContain(`http://temporal.test/`);
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(screen.complaints).toEqual([]);
  }, 60_000);

  it('signs an agent out, and is nothing for agents', async () => {
    await page.getByRole('link', { name: 'Queues and agents' }).click();
    await choose(row('agent', DEMO.agent), 'Sign out');
    await page.getByLabel('Reason, for the record').fill('Forgot to sign out');
    await confirm('Sign out');
    await row('agent', DEMO.agent).getByText('Signed out').waitFor();
    await expect(alex.call('GET', '/sessions/current')).rejects.toThrow('401');
    const other = await openScreen(browser);
    await signInAs(other.page, product.url, 'agent2');
    expect(await other.page.getByRole('link', { name: 'Supervise' }).count()).toBe(0);
    await other.page.goto(`${product.url}/supervise`);
    await other.page.getByText('Your role does not allow this.').waitFor();
    expect(await faultsOfAccess(other.page)).toEqual([]);
    await other.context.close();
  }, 60_000);
});
