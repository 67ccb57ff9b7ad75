/** Every state of the widget, looked at with the eyes of a tool for accessibility, in light and dark. */
import type { Browser } from 'playwright-core';
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

const survey = { enabled: true, commentQuestion: 'Anything else?', thanks: 'Thank you, really!' };
const form = {
  texts: { consent: { text: 'We keep what you write for a year.' } },
  preChat: [
    { key: 'name', type: 'name', required: true },
    { key: 'email', type: 'email', required: true },
    {
      ...{ key: 'topic', type: 'select', required: true, label: { text: 'Topic' } },
      options: [{ text: 'Delivery' }, { text: 'Return' }],
    },
    { key: 'order', type: 'text', label: { text: 'Order number' } },
  ],
};
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describeInBrowser('the states of the widget', () => {
  let browser: Browser;
  let website: Website;
  let agent: WebsiteAgent;
  beforeAll(async () => {
    [browser, website] = await Promise.all([launchBrowser(), startWebsite({ survey })]);
    agent = await website.agent();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await website.close();
  });

  it('asks what the channel wants to know, says what is wrong, and begins', async () => {
    const at = await visit(browser, website, await website.channel(form), {
      'data-user-name': 'Ann',
    });
    const widget = await at.open();
    await widget.getByText('Please tell us a little before we begin.').waitFor();
    expect(await widget.getByLabel('Name').inputValue()).toBe('Ann');
    await widget.getByLabel('E-mail address').fill('nonsense');
    await widget.getByRole('button', { name: 'Begin the chat' }).click();
    await widget.getByText('Please write an e-mail address such as').waitFor();
    await widget.getByText('Please fill this in.').waitFor();
    await picture(at.page, 'form');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    expect(await widget.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('email');
    await widget.getByLabel('E-mail address').fill('ann@example.com');
    await widget.getByLabel('Topic').selectOption('Return');
    await widget.getByLabel('Order number').fill('4711');
    await widget.getByRole('button', { name: 'Begin the chat' }).click();
    await say(widget, 'It does not fit');
    const { body } = await website.api.call(
      'get',
      `/conversations/${await at.conversationId()}`,
      agent.token,
    );
    expect(body.identity).toMatchObject({
      ...{ name: 'Ann', email: 'ann@example.com', language: 'en' },
      answers: [
        { label: 'Topic', value: 'Return' },
        { label: 'Order number', value: '4711' },
      ],
    });
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('takes files by button, drop and paste, and emoji', async () => {
    const at = await visit(browser, website, await website.channel({ maxFileBytes: 2000 }));
    const widget = await at.open();
    const field = widget.getByLabel('Your message');
    await widget.locator('input[type=file]').setInputFiles([
      { name: 'plan.png', mimeType: 'image/png', buffer: PNG },
      { name: 'run.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
      { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.alloc(3000, 'a') },
    ]);
    await widget.getByText('run.exe is of a kind that we cannot take.').waitFor();
    await widget.getByText(/long.txt is too large/).waitFor();
    await picture(at.page, 'files');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: 'Remove run.exe' }).click();
    await widget.getByRole('button', { name: 'Remove long.txt' }).click();
    for (const kind of ['drop', 'paste']) {
      await field.evaluate((it, type) => {
        const data = new DataTransfer();
        data.items.add(new File(['words'], `${type}.txt`, { type: 'text/plain' }));
        const how = { bubbles: true, cancelable: true };
        it.dispatchEvent(
          type === 'drop'
            ? new DragEvent('drop', { ...how, dataTransfer: data })
            : new ClipboardEvent('paste', { ...how, clipboardData: data }),
        );
      }, kind);
      await widget.getByRole('button', { name: `Remove ${kind}.txt` }).waitFor();
    }
    await widget.getByRole('button', { name: 'Add an emoji' }).click();
    await picture(at.page, 'emoji');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await at.page.keyboard.press('ArrowRight');
    await at.page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('😃');
    await widget.locator('.spinner').first().waitFor({ state: 'detached' });
    await widget.getByRole('button', { name: 'Send' }).click();
    await widget.getByRole('img', { name: 'Open plan.png' }).waitFor();
    const saved = at.page.waitForEvent('download');
    await widget.getByRole('button', { name: /paste.txt/ }).click();
    expect((await saved).suggestedFilename()).toBe('paste.txt');
    await picture(at.page, 'sent-files');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('ends by the visitor, is rated, stands in the history, and begins anew', async () => {
    const at = await visit(
      browser,
      website,
      await website.channel({ welcome: 'Hello!' }),
      {},
      {
        permissions: ['clipboard-read', 'clipboard-write'],
      },
    );
    const widget = await at.open();
    await say(widget, 'Do you have this in green?');
    const id = await at.conversationId();
    await agent.reply(id, 'We do. It costs the same.');
    await widget.getByText('We do. It costs the same.', { exact: true }).waitFor();
    await picture(at.page, 'conversation');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: 'More' }).click();
    await picture(at.page, 'menu');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('menuitem', { name: 'End the conversation' }).click();
    await picture(at.page, 'end');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: 'End it' }).click();
    await widget.getByRole('radio', { name: '9', exact: true }).check();
    await widget.getByLabel('Anything else?').fill('Quick!');
    await picture(at.page, 'survey');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: 'Send the rating' }).click();
    await widget.getByText('Thank you, really!').waitFor();
    await picture(at.page, 'ended');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    const answers = await website.api.db.query(
      'SELECT rating, comment FROM survey_answer WHERE conversation_id = $1',
      [id],
    );
    expect(answers).toEqual([{ rating: 9, comment: 'Quick!' }]);
    await widget.getByRole('button', { name: 'Copy the conversation' }).click();
    await widget.getByText('The conversation is copied.').waitFor();
    // Only the page itself may read what was copied.
    await at.page.getByRole('heading', { name: 'A website' }).click();
    expect(await at.page.evaluate(() => navigator.clipboard.readText())).toContain('in green?');
    const saved = at.page.waitForEvent('download');
    await widget.getByRole('button', { name: 'Save the conversation' }).click();
    expect((await saved).suggestedFilename()).toBe('conversation.txt');

    await widget.getByRole('button', { name: 'New conversation' }).click();
    await widget.getByText('Hello!').waitFor();
    await widget.getByRole('button', { name: 'More' }).click();
    await widget.getByRole('menuitem', { name: 'Earlier conversations' }).click();
    await picture(at.page, 'history');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: /^Conversation \d+/ }).click();
    await widget.getByText('We do. It costs the same.', { exact: true }).waitFor();
    await picture(at.page, 'past');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    await widget.getByRole('button', { name: 'Back' }).click();
    await widget.getByRole('button', { name: 'Back' }).click();
    await say(widget, 'And in red?');
    expect(await at.conversationId()).not.toBe(id);
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('asks what a message during the survey is', async () => {
    const at = await visit(browser, website, await website.channel());
    const widget = await at.open();
    await say(widget, 'hello');
    const id = await at.conversationId();
    await agent.command(id, 'solve');
    await widget.getByText('How would you rate this conversation?').waitFor();
    await widget.getByLabel('Your message').fill('One more thing');
    await widget.getByLabel('Your message').press('Enter');
    await widget.getByText('What is your message?').waitFor();
    await picture(at.page, 'survey-message');
    expect(await faultsOfWidget(at.page, widget)).toEqual([]);
    expect(await widget.getByRole('button', { name: 'My rating' }).count()).toBe(0);
    await widget.getByRole('button', { name: 'Something new' }).click();
    await widget.locator('.message.in:not(.pending)', { hasText: 'One more thing' }).waitFor();
    const next = await at.conversationId();
    expect(next).not.toBe(id);
    await agent.command(next, 'solve');
    await widget.getByLabel('Your message').fill('10 - thank you');
    await widget.getByLabel('Your message').press('Enter');
    await widget.getByRole('button', { name: 'My rating' }).click();
    await widget.getByText('Thank you, really!').waitFor();
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });
});
