/** The widget on small screens, from right to left, by keyboard alone, and as people have set their devices. */
import type { Browser, Frame } from 'playwright-core';
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

describeInBrowser('the widget on devices', () => {
  let browser: Browser;
  let website: Website;
  let agent: WebsiteAgent;
  let channel: string;
  beforeAll(async () => {
    [browser, website] = await Promise.all([
      launchBrowser(),
      startWebsite({ survey: { enabled: true } }),
    ]);
    agent = await website.agent();
    channel = await website.channel({ welcome: 'How can we help?' });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await website.close();
  });

  /** How far the page is wider than the frame that shows it. */
  const overhang = (widget: Frame): Promise<number> =>
    widget.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  it('fills a screen of 320 px, and nothing of it is cut off', async () => {
    const at = await visit(
      browser,
      website,
      channel,
      {},
      { viewport: { width: 320, height: 560 } },
    );
    await picture(at.page, 'small-button');
    const widget = await at.open();
    await say(widget, 'AWordThatIsFarTooLongForAnySmallScreenAndGoesOnAndOnAndOnWithoutAnEnd');
    await agent.reply(await at.conversationId(), 'https://example.com/a/very/long/address/indeed');
    await widget.getByRole('link').waitFor();
    expect(await widget.evaluate(() => innerWidth)).toBe(320);
    expect(await overhang(widget)).toBe(0);
    await picture(at.page, 'small');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await agent.command(await at.conversationId(), 'solve');
    await widget.getByRole('radio', { name: '10' }).check();
    expect(await overhang(widget)).toBe(0);
    await picture(at.page, 'small-survey');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: 'Close the chat' }).click();
    await at.page.getByRole('button', { name: 'Chat with us' }).waitFor();
    await at.context.close();
  });

  it('is mirrored from right to left', async () => {
    const left = await website.channel({ position: 'left' });
    const at = await visit(browser, website, left, { 'data-dir': 'rtl' });
    const widget = await at.open();
    await say(widget, 'مرحبا');
    const box = await widget.locator('.message.in .bubble').boundingBox();
    const frame = await at.page.locator('iframe').boundingBox();
    expect(frame?.x).toBe(20);
    // What the visitor wrote stands at the end of the line, which is on the left.
    expect((box?.x ?? 0) - (frame?.x ?? 0)).toBeLessThan(40);
    expect(await overhang(widget)).toBe(0);
    await picture(at.page, 'rtl');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await at.context.close();
  });

  it('can be used by keyboard alone', async () => {
    const at = await visit(browser, website, channel);
    const { keyboard } = at.page;
    const focused = (widget: Frame) =>
      widget.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText?.trim());
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    const widget = await at.widget();
    await widget.locator('#write:focus').waitFor();
    await keyboard.type('by keys');
    await keyboard.press('Shift+Enter');
    await keyboard.type('alone');
    await keyboard.press('Enter');
    await widget.locator('.message.in:not(.pending)').waitFor();
    await keyboard.press('Shift+Tab');
    expect(await widget.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('log');
    await keyboard.press('Shift+Tab');
    expect(await focused(widget)).toBe('Close the chat');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await widget.locator('[role=menuitem]:focus').waitFor();
    await keyboard.press('ArrowUp');
    expect(await focused(widget)).toBe('End the conversation');
    await keyboard.press('Enter');
    await widget.getByRole('heading', { name: 'End this conversation?' }).waitFor();
    expect(await focused(widget)).toBe('Keep talking');
    await keyboard.press('Escape');
    await widget
      .getByRole('heading', { name: 'End this conversation?' })
      .waitFor({ state: 'detached' });
    await agent.command(await at.conversationId(), 'solve');
    await widget.getByRole('radio', { name: '1', exact: true }).focus();
    for (const _ of [1, 2, 3]) await keyboard.press('ArrowRight');
    await keyboard.press('Tab');
    await keyboard.type('fine');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await widget.getByText('This conversation has ended.').waitFor();
    const rows = await website.api.db.query(
      'SELECT rating, comment FROM survey_answer WHERE conversation_id = $1',
      [await at.conversationId()],
    );
    expect(rows).toEqual([{ rating: 4, comment: 'fine' }]);
    await keyboard.press('Escape');
    await at.page.getByRole('button', { name: 'Chat with us' }).waitFor();
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('keeps still for those who want less motion', async () => {
    const at = await visit(browser, website, channel, {}, { reducedMotion: 'reduce' });
    const widget = await at.open();
    await say(widget, 'hello');
    const { io } = await import('socket.io-client');
    const screen = io(`${website.api.url}/agent`, { auth: { token: agent.token } });
    const conversationId = await at.conversationId();
    await screen.emitWithAck('conversation.subscribe', { conversationId, rev: 0 });
    screen.emit('presence', { conversationId, state: 'typing' });
    await widget.locator('.typing').waitFor();
    screen.close();
    const moving = (): number => document.getAnimations().length;
    expect(await widget.evaluate(moving)).toBe(0);
    expect(await at.page.evaluate(moving)).toBe(0);
    await at.context.close();
  });

  it('is dark where the device is, and in the channel’s colours', async () => {
    const coloured = await website.channel({
      colours: { accent: '#ffd400', agent: { text: '#10240f', background: '#d9f2d8' } },
    });
    const at = await visit(browser, website, coloured, {}, { colorScheme: 'dark' });
    const widget = await at.open();
    await say(widget, 'hello');
    await agent.reply(await at.conversationId(), 'good evening');
    await widget.getByText('good evening', { exact: true }).waitFor();
    const colour = (of: string) =>
      widget
        .locator(of)
        .first()
        .evaluate((it) => getComputedStyle(it).backgroundColor);
    expect(await colour('body')).toBe('rgb(22, 24, 29)');
    expect(await colour('.head')).toBe('rgb(255, 212, 0)');
    await picture(at.page, 'dark');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await at.context.close();
  });
});
