import type { Browser, Locator, Page } from 'playwright-core';
import { startProduct, type Product } from '../../tests/support/product';
import { launchBrowser, openScreen, type Screen } from './browser.test-kit';
import { signInAs } from './panel.test-kit';

export interface AdminStage {
  readonly product: Product;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** The product and a browser, for journeys through the administration. */
export async function startAdminStage(): Promise<AdminStage> {
  const product = await startProduct();
  const browser = await launchBrowser();
  return {
    product,
    browser,
    async close() {
      await browser.close();
      await product.close();
    },
  };
}

/** A page of the administration as somebody of the demo data sees it. */
export async function openAdmin(
  stage: AdminStage,
  path: string,
  who: 'admin' | 'supervisor' = 'admin',
): Promise<Screen> {
  const screen = await openScreen(stage.browser);
  await signInAs(screen.page, stage.product.url, who);
  await screen.page.goto(`${stage.product.url}/admin/${path}`);
  await screen.page.locator('h1').waitFor();
  return screen;
}

/** Presses Save and waits until it is done. */
export async function saveForm(page: Page): Promise<void> {
  await saveButton(page).click();
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
}

export const saveButton = (page: Page): Locator =>
  page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' });
