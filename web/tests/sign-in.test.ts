import type { Browser } from 'playwright-core';
import { startProduct, type Product } from '../../tests/support/product';
import {
  describeInBrowser,
  faultsOfAccess,
  launchBrowser,
  openScreen,
  type Screen,
} from './browser.test-kit';
import { signInAs } from './panel.test-kit';

describeInBrowser('signing in to the panel', () => {
  let product: Product;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
  }, 120_000);
  beforeEach(async () => {
    screen = await openScreen(browser);
  });
  afterEach(() => screen.context.close());
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('asks for address and password, and says in a sentence what is wrong', async () => {
    const { page, complaints } = screen;
    await page.goto(product.url);
    await page.getByLabel('E-mail address').fill('agent@example.com');
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByText('The e-mail address or the password is wrong.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('opens the conversations, keeps who is there over a reload, and lets them go', async () => {
    const { page, complaints } = screen;
    await signInAs(page, product.url, 'agent');
    expect(new URL(page.url()).pathname).toBe('/inbox');
    await page.reload();
    await page.getByRole('button', { name: /Alex Agent/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    expect(complaints).toEqual([]);
  });

  it('can be used by keys alone: palette, help, break', async () => {
    const { page, complaints } = screen;
    await signInAs(page, product.url, 'agent');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.type('shortcuts');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Help and shortcuts' }).waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Alt+p');
    await page.getByText('You are paused: A break.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Alt+p');
    await page.getByText('You are paused').waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL('**/inbox');
    expect(complaints).toEqual([]);
  });

  it('has no plain word left, and nothing runs over, in the language of marks', async () => {
    const { page } = screen;
    await page.addInitScript(() => localStorage.setItem('switchyard.language', 'en-XA'));
    await page.goto(product.url);
    await page.locator('form').waitFor();
    const plain = await page.evaluate(() =>
      [...document.querySelectorAll('h1, label span, button')]
        .map((element) => element.textContent ?? '')
        .filter((text) => !text.startsWith('[')),
    );
    expect(plain).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
  });
});
