import type { Browser, Page } from 'playwright-core';
import { startProduct, type Product } from '../../tests/support/product';
import { DEMO } from '../../prisma/seed';
import {
  describeInBrowser,
  faultsOfAccess,
  launchBrowser,
  openScreen,
  type Screen,
} from './browser.test-kit';
import { customerOf } from './customer.test-kit';
import { signInAs } from './panel.test-kit';
import { staffOf } from './staff.test-kit';

describeInBrowser('an agent at work', () => {
  let product: Product;
  let browser: Browser;
  let screen: Screen;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
  }, 120_000);
  beforeEach(async () => {
    screen = await openScreen(browser);
    ({ page } = screen);
    await signInAs(page, product.url, 'agent');
  });
  afterEach(() => screen.context.close());
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  const offer = (name: string) => page.getByRole('article', { name: `Offer: ${name}` });
  const timeline = () => page.getByRole('log', { name: 'Messages and events' });

  /** Begins to write by keyboard, once there is something to write in; types when the cursor is there. */
  async function begins(key: 'r' | 'n', text: string) {
    await page.locator('textarea:enabled').waitFor();
    await page.keyboard.press(key);
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type(text);
  }

  /** A conversation of a new customer that the agent has accepted by keyboard. */
  async function accepted(name: string, text: string) {
    const customer = await customerOf(product.url, name);
    const id = await customer.say(text);
    await offer(name).waitFor();
    await page.keyboard.press('Alt+Enter');
    await timeline().getByText(text).waitFor();
    return { customer, id };
  }

  it('accepts an offer by keyboard, replies, solves, and goes on to the next', async () => {
    const second = await customerOf(product.url, 'Second Customer');
    const { customer } = await accepted('Cora Customer', 'My order has not arrived.');
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.getByRole('heading', { name: 'Cora Customer' }).waitFor();
    await begins('r', 'It will be with you tomorrow.');
    await page.keyboard.press('Control+Enter');
    await timeline().getByText('It will be with you tomorrow.').waitFor();
    await customer.say('Thank you!');
    await timeline().getByText('Thank you!').waitFor();
    await second.say('And mine?');
    await offer('Second Customer').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await begins('r', 'You are welcome.');
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByText('The customer is asked for a rating; nothing can be sent').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { name: 'Second Customer' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByText('Are you sure you want to close the conversation?').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Conversation closed.').waitFor();
    expect(screen.complaints).toEqual([]);
  });

  it('writes a note that the customer does not get, and keeps a draft over a reload', async () => {
    const { id } = await accepted('Nora Note', 'Where is my parcel?');
    await begins('n', 'Ask the depot.');
    await page.keyboard.press('Control+Enter');
    await timeline().getByText('Ask the depot.').waitFor();
    await page.keyboard.press('Escape');
    const kept = page.waitForResponse(
      (answer) => answer.url().endsWith(`${id}/draft`) && answer.request().method() === 'PUT',
    );
    await begins('r', 'Dear Nora, I have');
    await kept;
    await page.reload();
    const field = page.getByRole('textbox', { name: 'Reply to the customer' });
    await field.waitFor();
    await page.waitForFunction(
      (text) => document.querySelector('textarea')?.value === text,
      'Dear Nora, I have',
    );
    await field.fill('');
    await page.keyboard.press('Escape');
    expect(screen.complaints).toEqual([]);
  });

  it('is warned before a transfer, and may not transfer where nobody is', async () => {
    const admin = await staffOf(product.url, 'admin');
    const empty = { name: 'Nobody yet', delivery: 'manual' };
    await admin.ask('POST', '/queues', empty);
    await accepted('Tara Transfer', 'I want to buy a thousand.');
    await page.keyboard.press('t');
    await page.getByRole('radio', { name: /Nobody yet/ }).check();
    await page.getByText('has no agents, so nothing can be transferred').waitFor();
    const transfer = page.getByRole('dialog').getByRole('button', { name: 'Transfer' });
    expect(await transfer.isDisabled()).toBe(true);
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.getByRole('tab', { name: 'An agent' }).click();
    await page.getByRole('radio', { name: /Ari Agent/ }).check();
    await page.getByText('Ari Agent is not signed in').waitFor();
    expect(await transfer.isDisabled()).toBe(true);
    await staffOf(product.url, 'agent2', 'paused');
    await page.getByRole('radio', { name: /Ari Agent.*Paused/ }).waitFor();
    await page.getByRole('radio', { name: /Ari Agent/ }).check();
    await page.getByText('Ari Agent is paused and may answer late.').waitFor();
    await transfer.click();
    await page.getByText('Transferred to Ari Agent.').waitFor();
  });

  it('is paused after an offer that was missed, and told so', async () => {
    const admin = await staffOf(product.url, 'admin');
    const settings = { offerMs: 1_500, missedOffersToPause: 1 };
    await admin.ask('PATCH', `/queues/${DEMO.support}`, { settings });
    const customer = await customerOf(product.url, 'Mia Missed');
    await customer.say('Is anybody there?');
    await offer('Mia Missed').waitFor();
    await page.getByText('You are paused: Several offers were not answered.').waitFor();
    await offer('Mia Missed').waitFor({ state: 'hidden' });
    expect(await faultsOfAccess(page)).toEqual([]);
    // It waits in line now, and can be taken by hand once one is back.
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.getByRole('button', { name: 'Assign to me: Mia Missed' }).waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    expect(screen.complaints).toEqual([]);
  });
});
