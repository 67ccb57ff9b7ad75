/** The widget's files as websites get them, and the made-up shop of the demo data. */
import type { Browser } from 'playwright-core';
import { DEMO } from '../../prisma/seed';
import { describeInBrowser, faultsOfAccess, launchBrowser, openScreen } from './browser.test-kit';
import { picture, say, startWebsite, type Website } from './widget.test-kit';

describeInBrowser('the pages of the widget', () => {
  let browser: Browser;
  let website: Website;
  beforeAll(async () => {
    [browser, website] = await Promise.all([launchBrowser(), startWebsite()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await website.close();
  });

  const get = (path: string) => fetch(website.api.url + path);

  it('gives the loader to any page, and the frame to allowed ones', async () => {
    const channel = await website.channel({ avatarUrl: 'https://pictures.example/a.png' });
    const loader = await get(`/embed.js?channel=${channel}`);
    expect(Object.fromEntries(loader.headers)).toMatchObject({
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
    });
    const page = await get(`/widget/${channel}`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`frame-ancestors 'self' ${website.url} ${website.api.url}`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain('https://pictures.example');
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('x-frame-options')).toBeNull();
    const [script] = /\/widget\/assets\/[^"]+\.js/.exec(await page.text()) ?? [];
    const asset = await get(script ?? '');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    for (const path of ['/embed.js', '/embed.js?channel=x', '/widget/x', '/widget/assets/x.js']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('has a shop, only where the demo data is', async () => {
    expect((await get('/shop')).status).toBe(404);
    const channel = await website.channel();
    await website.api.db.query('UPDATE channel SET id = $2 WHERE id = $1', [channel, DEMO.website]);
    await website.agent();
    const { page, context, complaints } = await openScreen(browser);
    await page.goto(`${website.api.url}/shop`);
    await page.getByRole('button', { name: 'Help me choose' }).click();
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    if (!frame) throw new Error('the frame has no page');
    await say(frame, 'Which one forgives the most?');
    await picture(page, 'shop');
    await page.reload();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    const again = await (await page.waitForSelector('iframe')).contentFrame();
    await again?.getByText('Which one forgives the most?').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
