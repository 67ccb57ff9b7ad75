import type { Browser } from 'playwright-core';
import { connectDatabase } from '../../db/client';
import { startProduct, type Product } from '../../tests/support/product';
import { describeInBrowser, faultsOfAccess, launchBrowser, openScreen } from './browser.test-kit';
import { customerOf } from './customer.test-kit';
import { signInAs } from './panel.test-kit';

const ROWS = 5_000;
/** Generous for a busy machine; a list that draws all its rows needs many times as much. */
const FIRST_ROW_MS = 3_000;
const SCROLL_MS = 20_000;

describeInBrowser('a list of 5,000 conversations', () => {
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    // Nobody is signed in, so the first one stays in line and can be copied.
    const id = await (await customerOf(product.url, 'Lena Line')).say('hello');
    const db = connectDatabase({ url: product.databaseUrl, name: 'test' });
    await db.query(
      `INSERT INTO conversation
       SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'chat_like', false,
                 'number', 100000 + n, 'order_key', c.order_key + n))).*
         FROM conversation c, generate_series(1, $2::int) n WHERE c.id = $1`,
      [id, ROWS - 1],
    );
    await db.close();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('shows its first rows at once, draws few of them, and scrolls to its end', async () => {
    const { page, context, complaints } = await openScreen(browser);
    await signInAs(page, product.url, 'agent', 'paused');
    const begun = Date.now();
    await page.getByRole('button', { name: /^Unassigned/ }).click();
    await page.getByRole('listitem').filter({ hasText: 'Lena Line' }).first().waitFor();
    expect(Date.now() - begun).toBeLessThan(FIRST_ROW_MS);
    const drawn = (): Promise<number> => page.locator('.list-item').count();
    expect(await drawn()).toBeLessThan(40);
    const scrolled = Date.now();
    await page.waitForFunction(
      (rows) => {
        const box = document.querySelector('.list-scroll');
        if (!box) return false;
        box.scrollTop = box.scrollHeight;
        const last = [...document.querySelectorAll('.list-item')].at(-1);
        return Number(last?.getAttribute('aria-posinset')) === rows;
      },
      ROWS,
      { timeout: SCROLL_MS, polling: 50 },
    );
    expect(Date.now() - scrolled).toBeLessThan(SCROLL_MS);
    expect(await drawn()).toBeLessThan(40);
    expect(await faultsOfAccess(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
