/** The widget on a website of another origin, whose policy on scripts, styles and connections is strict. */
import type { Browser } from 'playwright-core';
import { until } from '../../tests/support/world';
import { describeInBrowser, launchBrowser } from './browser.test-kit';
import { say, startWebsite, visit, type Website, type WebsiteAgent } from './widget.test-kit';

describeInBrowser('the widget on a website', () => {
  let browser: Browser;
  let website: Website;
  let agent: WebsiteAgent;
  let channel: string;
  beforeAll(async () => {
    [browser, website] = await Promise.all([launchBrowser(), startWebsite()]);
    agent = await website.agent();
    channel = await website.channel({ welcome: 'How can we help?', sneakPeek: true });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await website.close();
  });

  it('talks both ways, with typing and what has been seen', async () => {
    const { page, complaints, open, conversationId } = await visit(browser, website, channel);
    expect(page.frames()).toHaveLength(1);
    const widget = await open();
    await widget.getByText('How can we help?').waitFor();
    expect(await widget.evaluate(() => document.activeElement?.id)).toBe('write');
    await say(widget, 'Where is my parcel?');
    const id = await conversationId();
    await widget.getByText('You are talking to Alex Agent').waitFor();
    await agent.reply(id, 'Let me look: https://example.com/parcels?id=1. One moment!');
    const link = widget.getByRole('link', { name: 'https://example.com/parcels?id=1' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await until('the visitor has seen it', async () => {
      const { body } = await website.api.call('get', `/conversations/${id}`, agent.token);
      return body.conversation.customerSeenSeq === 2;
    });
    await website.api
      .call('post', `/conversations/${id}/seen`, agent.token)
      .send({ seq: 1 })
      .expect(204);
    await widget.getByText('Seen').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('counts what was not read on its button, says so, and opens by script', async () => {
    const { page, open, conversationId } = await visit(browser, website, channel);
    const widget = await open();
    await say(widget, 'hello');
    await widget.getByRole('button', { name: 'Close the chat' }).click();
    const button = page.getByRole('button', { name: 'Chat with us' });
    await button.waitFor();
    expect(
      await button.evaluate((it) => it.getRootNode() instanceof ShadowRoot && it.matches(':focus')),
    ).toBe(true);
    const id = await conversationId();
    await agent.reply(id, 'one');
    await page
      .getByRole('button', { name: 'Chat with us, 1 unread message', exact: true })
      .waitFor();
    await agent.reply(id, 'two');
    await page.getByRole('button', { name: 'Chat with us, 2 unread messages' }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('2 unread messages');
    const call = (name: string) =>
      page.evaluate(
        (it) => (window as never as { Switchyard(it: string): void }).Switchyard(it),
        name,
      );
    await call('toggle');
    await widget.getByText('two', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close the chat', exact: true }).waitFor();
    await call('close');
    // Opened once, all was read.
    await page.getByRole('button', { name: 'Chat with us', exact: true }).waitFor();
    await call('open');
    await widget.getByLabel('Your message').press('Escape');
    await page.getByRole('button', { name: 'Chat with us', exact: true }).waitFor();
    await page.context().close();
  });

  it('does what was asked of it before it had loaded', async () => {
    const { page, widget } = await visit(browser, website, channel, {}, {}, (empty) =>
      empty.addInitScript(() => {
        const stub = Object.assign((...call: unknown[]) => void stub.q.push(call), {
          q: [] as unknown[][],
        });
        Object.assign(window, { Switchyard: stub });
        stub('identify', { name: 'Ann Early' });
        stub('open');
      }),
    );
    await say(await widget(), 'I was quick');
    const rows = await website.api.db.query(`SELECT name FROM identity WHERE name = 'Ann Early'`);
    expect(rows).toHaveLength(1);
    await page.context().close();
  });

  it('takes words only from the page around it, and says them to no other', async () => {
    const { page, open, complaints } = await visit(browser, website, channel, {}, {}, (empty) =>
      empty.addInitScript(() => {
        const sent: unknown[] = [];
        Object.assign(window, { sent });
        const post = window.postMessage.bind(window);
        window.postMessage = ((...args: unknown[]) => {
          sent.push(args[1]);
          return (post as (...all: unknown[]) => void)(...args);
        }) as never;
      }),
    );
    const widget = await open();
    await widget.getByText('How can we help?').waitFor();
    // A second "init", even from the page itself, finds nobody who listens.
    await page.evaluate((origin) => {
      const frame = document.querySelector('div')?.shadowRoot?.querySelector('iframe');
      const { port2 } = new MessageChannel();
      frame?.contentWindow?.postMessage({ kind: 'init', user: { name: 'Mallory' } }, origin, [
        port2,
      ]);
    }, website.api.url);
    await say(widget, 'is anybody listening?');
    const rows = await website.api.db.query(`SELECT 1 FROM identity WHERE name = 'Mallory'`);
    expect(rows).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is not shown on a website that the channel does not name', async () => {
    const foreign = await website.channel({ allowedOrigins: ['https://other.example'] });
    const { page, complaints } = await visit(browser, website, foreign);
    await page.locator('button[aria-expanded=false]').click();
    await until('the browser refuses', async () =>
      complaints.some((complaint) => complaint.includes('frame-ancestors')),
    );
    await page.context().close();
  });

  it('shows the agent what is typed, where the visitor is told so', async () => {
    const { page, open, conversationId } = await visit(browser, website, channel);
    const widget = await open();
    await widget.getByText('We see what you write while you write it.').waitFor();
    await say(widget, 'hello');
    const { io } = await import('socket.io-client');
    const screen = io(`${website.api.url}/agent`, {
      auth: { token: agent.token },
      transports: ['websocket'],
    });
    const heard: (string | null)[] = [];
    screen.on('visitor.typing', (news: { text: string | null }) => void heard.push(news.text));
    const id = await conversationId();
    await screen.emitWithAck('conversation.subscribe', { conversationId: id, rev: 0 });
    await widget.getByLabel('Your message').pressSequentially('Actually');
    await until('the agent sees it', async () => heard.includes('Actually'));
    screen.emit('presence', { conversationId: id, state: 'typing' });
    await widget.getByText('Alex Agent is writing').waitFor({ state: 'attached' });
    screen.close();
    await page.context().close();
  });
});
