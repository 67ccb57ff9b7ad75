import type { Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../prisma/seed';

/** Signs somebody of the demo data in and waits until their screen is there. */
export async function signInAs(
  page: Page,
  url: string,
  who: 'agent' | 'agent2' | 'supervisor' | 'admin',
  state: 'available' | 'paused' = 'available',
): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail address').fill(`${who}@example.com`);
  await page.getByLabel('Password').fill(DEMO_PASSWORD);
  if (state === 'paused') await page.getByLabel('Start with a pause').check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
}
