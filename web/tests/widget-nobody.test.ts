/** What the widget says and offers while nobody can answer, and in a line. */
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from './browser.test-kit';
import { faultsOfWidget, picture, say, startWebsite, visit, type Website } from './widget.test-kit';

describeInBrowser('the widget while nobody answers', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  let website: Website;
  beforeEach(async () => {
    website = await startWebsite();
  }, 30_000);
  afterEach(() => website.close());

  const close = (opens: string) =>
    website.api.db.query(
      `UPDATE queue SET open = false, hours_mode = 'own', closed_since = app_now() - interval '1 hour',
              next_change_at = app_now() + $2::interval WHERE id = $1`,
      [website.queueId, opens],
    );

  it('takes a message, which stands in the queue with an address to answer to', async () => {
    const at = await visit(browser, website, await website.channel());
    const widget = await at.open();
    await widget.getByText('Nobody is here right now. Leave us a message').waitFor();
    await widget.getByRole('button', { name: 'Send the message' }).click();
    await picture(at.page, 'leave');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByLabel('E-mail address').fill('ann@example.com');
    await widget.getByLabel('Message').fill('Please call me back.');
    await widget.getByRole('button', { name: 'Send the message' }).click();
    await widget.getByText('We will answer as soon as somebody is back.').first().waitFor();
    await widget.locator('.message.in:not(.pending)').waitFor();
    await picture(at.page, 'left');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    const rows = await website.api.db.query(
      `SELECT i.email, m.text, c.placement::text, c.queue_id = $1 AS here FROM conversation c
         JOIN identity i ON i.id = c.identity_id JOIN message m ON m.conversation_id = c.id`,
      [website.queueId],
    );
    expect(rows).toEqual([
      { email: 'ann@example.com', text: 'Please call me back.', placement: 'queued', here: true },
    ]);
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('says out of hours when it opens, in the page’s language, and the queue says it so too', async () => {
    await website.agent();
    await close('2 hours');
    const at = await visit(browser, website, await website.channel(), { lang: 'de' });
    const widget = await at.open();
    await widget.getByText(/^Geschlossen bis /).waitFor();
    await picture(at.page, 'closed-de');
    await widget.getByLabel('E-Mail-Adresse').fill('anna@example.com');
    await widget.getByLabel('Nachricht').fill('Bitte rufen Sie mich an.');
    await widget.getByRole('button', { name: 'Nachricht senden' }).click();
    await widget.locator('.message.out', { hasText: 'außerhalb unserer Öffnungszeiten' }).waitFor();
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('takes nothing where the channel wants no messages', async () => {
    await close('1 hour');
    const at = await visit(
      browser,
      website,
      await website.channel({ leaveMessage: { enabled: false } }),
    );
    const widget = await at.open();
    await widget.getByText('Please come back when we are open.').waitFor();
    expect(await widget.locator('textarea').count()).toBe(0);
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await at.context.close();
  });

  it('tells the place in line', async () => {
    await website.api.db.query(`UPDATE queue SET delivery = 'manual' WHERE id = $1`, [
      website.queueId,
    ]);
    await website.agent();
    const channel = await website.channel();
    const [first, second] = [
      await visit(browser, website, channel),
      await visit(browser, website, channel),
    ];
    await say(await first.open(), 'first');
    const widget = await second.open();
    await say(widget, 'second');
    await (await first.widget()).locator('.standing', { hasText: 'You are next.' }).waitFor();
    await widget.locator('.standing', { hasText: 'You are number 2 in line.' }).waitFor();
    await picture(second.page, 'line');
    expect(await faultsOfWidget(second.page, widget)).toEqual([]);
    await first.context.close();
    await second.context.close();
  });
});
