/** Journeys in a real browser: where it comes from, how a page is opened, and what every page must stand. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { browser as foundBrowser, isCi } from '../../tests/support/engines';

/** Of one step of a journey. The machines of tests are slow. */
const STEP_MS = 45_000;

/** Of a whole journey: each look at a page by axe, in two themes, takes seconds on a machine that has other work. */
jest.setTimeout(180_000);

/**
 * A `describe` for journeys. Where the machine has no Chromium and cannot get one the suite is skipped and the reason
 * printed; in CI it fails.
 */
export function describeInBrowser(name: string, body: () => void): void {
  const found = foundBrowser();
  if ('path' in found) {
    describe(name, body);
  } else if (isCi()) {
    describe(name, () => {
      it('has a browser', () => {
        throw new Error(`not run: ${found.missing}`);
      });
    });
  } else {
    process.stderr.write(`not run: "${name}": ${found.missing}\n`);
    describe.skip(name, body);
  }
}

/** A headless Chromium that talks to this machine only. */
export async function launchBrowser(): Promise<Browser> {
  const found = foundBrowser();
  if ('missing' in found) throw new Error(found.missing);
  return chromium.launch({
    executablePath: found.path,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

export interface Screen {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of: errors of scripts, and of what the page's policy refused. */
  readonly complaints: string[];
}

/** A new page, as somebody has it who was never here. */
export async function openScreen(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Screen> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Refused requests are logged by the browser itself; whether they are right, the journey says.
    const refused = /Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !refused) complaints.push(message.text());
  });
  return { context, page, complaints };
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What a page does wrong to people with tools, in both themes; each as "theme: rule: where". */
export async function faultsOfAccess(page: Page): Promise<string[]> {
  const faults: string[] = [];
  // Evaluated by the debugger, so the page's policy has no say in it.
  await page.evaluate(axe);
  const before = await page.evaluate(() => document.documentElement.dataset['theme']);
  for (const theme of ['light', 'dark']) {
    faults.push(...(await faultsIn(page, theme)));
  }
  await page.evaluate((theme) => {
    if (theme === undefined) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, before);
  return faults;
}

interface Axe {
  run(
    what: Document,
    options: object,
  ): Promise<{
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>;
}

const faultsIn = (page: Page, theme: string): Promise<string[]> =>
  page.evaluate(async (wanted) => {
    document.documentElement.dataset['theme'] = wanted;
    // Colours on their way from one theme to the other are of neither.
    await Promise.all(
      document.getAnimations().map((animation) => animation.finished.catch(() => 0)),
    );
    const { axe: tool } = globalThis as unknown as { axe: Axe };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await tool.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${wanted}: ${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
    );
  }, theme);
