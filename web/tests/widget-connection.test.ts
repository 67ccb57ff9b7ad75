/** The widget over reloads, without a connection, and without storage. */
import { createHmac } from 'node:crypto';
import type { Browser, Frame } from 'playwright-core';
import { until } from '../../tests/support/world';
import { sealSecrets } from '../../platform/channel-secrets';
import { describeInBrowser, launchBrowser } from './browser.test-kit';
import {
  faultsOfWidget,
  picture,
  say,
  startWebsite,
  visit,
  type Website,
  type WebsiteAgent,
} from './widget.test-kit';

describeInBrowser('the widget’s connection', () => {
  let browser: Browser;
  let website: Website;
  let agent: WebsiteAgent;
  let channel: string;
  beforeAll(async () => {
    [browser, website] = await Promise.all([launchBrowser(), startWebsite()]);
    agent = await website.agent();
    channel = await website.channel();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await website.close();
  });

  const write = async (widget: Frame, text: string): Promise<void> => {
    await widget.getByLabel('Your message').fill(text);
    await widget.getByLabel('Your message').press('Enter');
  };
  const stored = async (id: string): Promise<string[]> => {
    const rows = await website.api.db.query<{ text: string }>(
      'SELECT text FROM message WHERE conversation_id = $1 ORDER BY seq',
      [id],
    );
    return rows.map(({ text }) => text);
  };
  const shown = (widget: Frame): Promise<string[]> => widget.locator('.bubble').allTextContents();

  it('finds the conversation again after a reload, with the draft and what came meanwhile', async () => {
    const at = await visit(browser, website, channel);
    const widget = await at.open();
    await say(widget, 'hello');
    await widget.getByLabel('Your message').fill('half a sent');
    const id = await at.conversationId();
    await agent.reply(id, 'hi');
    await widget.getByText('hi', { exact: true }).waitFor();
    await at.page.goto('about:blank');
    await agent.reply(id, 'are you there?');
    await at.page.goBack();
    // It was going on, so the page hears of it without anybody opening it.
    await at.page.getByRole('button', { name: 'Chat with us, 1 unread message' }).click();
    const again = await at.widget();
    await again.getByText('are you there?', { exact: true }).waitFor();
    expect(await shown(again)).toEqual(['hello', 'hi', 'are you there?']);
    expect(await again.getByLabel('Your message').inputValue()).toBe('half a sent');
    await at.context.close();
  });

  it('keeps what is written offline, and sends it once and in order', async () => {
    const at = await visit(browser, website, channel);
    const widget = await at.open();
    await say(widget, '0');
    const id = await at.conversationId();
    await at.context.setOffline(true);
    for (const text of ['1', '2', '3']) await write(widget, text);
    expect(await widget.getByText('Not sent yet').count()).toBe(3);
    await agent.reply(id, 'meanwhile');
    await widget.getByText('No connection. What you write is sent as soon').waitFor();
    await picture(at.page, 'offline');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await at.context.setOffline(false);
    await widget.getByText('Not sent yet').first().waitFor({ state: 'detached' });
    await until('all is there', async () => (await stored(id)).length === 5);
    expect(await stored(id)).toEqual(['0', 'meanwhile', '1', '2', '3']);
    await widget.getByText('meanwhile', { exact: true }).waitFor();
    expect(await shown(widget)).toEqual(['0', 'meanwhile', '1', '2', '3']);
    await at.context.close();
  });

  it('sends what a lost answer leaves in doubt again, and it stands there once', async () => {
    const at = await visit(browser, website, channel);
    const widget = await at.open();
    await say(widget, '0');
    let lost = 0;
    await at.context.route('**/api/v1/visitor/messages', async (route) => {
      if (route.request().method() !== 'POST' || lost > 1) return route.fallback();
      lost += 1;
      // It arrives, and the answer does not.
      await route.fetch();
      return route.abort('connectionreset');
    });
    await write(widget, 'once');
    await write(widget, 'and then');
    const id = await at.conversationId();
    await until('all is there', async () => (await stored(id)).length === 3);
    await until('it is shown once', async () => (await shown(widget)).length === 3);
    expect(await shown(widget)).toEqual(['0', 'once', 'and then']);
    expect(await stored(id)).toEqual(['0', 'once', 'and then']);
    expect(lost).toBe(2);
    await at.context.close();
  });

  it('sends after a reload what was not sent before it', async () => {
    const at = await visit(browser, website, channel);
    const widget = await at.open();
    await say(widget, '0');
    await at.context.route('**/api/v1/visitor/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.fallback(),
    );
    await write(widget, 'kept');
    await widget.getByText('Not sent yet').waitFor();
    await at.context.unroute('**/api/v1/visitor/messages');
    await at.page.reload();
    const id = await at.conversationId();
    await until('it is sent', async () => (await stored(id)).length === 2);
    expect(await stored(id)).toEqual(['0', 'kept']);
    await at.context.close();
  });

  it('works where the browser blocks storage', async () => {
    const at = await visit(browser, website, channel, {}, {}, (page) =>
      page.addInitScript(() => {
        const blocked = {
          get(): never {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        };
        Object.defineProperty(window, 'localStorage', blocked);
        Object.defineProperty(window, 'sessionStorage', blocked);
      }),
    );
    const widget = await at.open();
    await say(widget, 'without a trace');
    await agent.reply(await at.conversationId(), 'welcome');
    await widget.getByText('welcome', { exact: true }).waitFor();
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('knows a signed user on another device, and forgets them when they sign out', async () => {
    const secret = 'whsec_of_the_website';
    await website.api.db.query('UPDATE channel SET sealed = $2 WHERE id = $1', [
      channel,
      sealSecrets(website.api.deps.env.secret, [secret]),
    ]);
    const proof = {
      'data-user-id': '4711',
      'data-user-signature': createHmac('sha256', secret).update('4711').digest('hex'),
    };
    const one = await visit(browser, website, channel, proof);
    await say(await one.open(), 'from here');
    const other = await visit(browser, website, channel, proof);
    const widget = await other.open();
    await widget.getByText('from here').waitFor();
    await other.page.evaluate(() =>
      (window as never as { Switchyard(...call: unknown[]): void }).Switchyard('identify', null),
    );
    await widget.getByText('from here').waitFor({ state: 'detached' });
    await say(widget, 'I am somebody else');
    expect(await shown(widget)).toEqual(['I am somebody else']);
    await one.context.close();
    await other.context.close();
  });
});
