/** A website of another origin with the widget on it, the API behind it, and an agent who answers. */
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { createTestApi, type TestApi } from '../../tests/support/api';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { makeLiveChat } from '../../tests/support/visitor';
import { openScreen, type Screen } from './browser.test-kit';

export interface Website {
  readonly api: TestApi;
  readonly queueId: string;
  /** Of the website, not of the API. */
  readonly url: string;
  /** Another live chat of the same queue; returns its id. */
  channel(settings?: object): Promise<string>;
  /** Somebody who answers; busy with nothing. */
  agent(): Promise<WebsiteAgent>;
  close(): Promise<void>;
}

export interface WebsiteAgent {
  readonly id: string;
  readonly token: string;
  reply(conversationId: string, text: string): Promise<void>;
  command(conversationId: string, name: string): Promise<void>;
}

/** A website whose policy lets in what the widget needs and nothing else. `settings` are the queue's. */
export async function startWebsite(settings: object = {}): Promise<Website> {
  const api = await createTestApi({}, { driven: true, realtime: true });
  const queueId = await makeQueue(api.db, { settings });
  const server = createServer((req, res) => {
    const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
    const policy = [
      "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
      `script-src ${api.url}; frame-src ${api.url}`,
    ].join('; ');
    res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy });
    res.end(pageWith(api.url, searchParams));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    api,
    queueId,
    url,
    channel: (given = {}) =>
      // The API of a test does not know its own address, so that is allowed by name.
      makeLiveChat(api, queueId, { allowedOrigins: [url, api.url], ...given }),
    agent: () => answering(api, queueId),
    close: async () => {
      await stop(server);
      await api.close();
    },
  };
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

function pageWith(apiUrl: string, query: URLSearchParams): string {
  const channel = query.get('channel') ?? '';
  const attributes = [...query]
    .filter(([name]) => name.startsWith('data-'))
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ');
  return `<!doctype html><html lang="${query.get('lang') ?? 'en'}"><head><title>A website</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" /></head>
    <body><main><h1>A website</h1><p><a href="#else">Something else</a></p></main>
    <script async src="${apiUrl}/embed.js?channel=${channel}" ${attributes}></script></body></html>`;
}

async function answering(api: TestApi, queueId: string): Promise<WebsiteAgent> {
  const id = await makeAgent(api.db, [queueId], { maxUnits: 100_000 });
  await api.db.query(`UPDATE agent SET name = 'Alex Agent' WHERE id = $1`, [id]);
  const token = await api.tokenFor(id);
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await api.call('post', path, token).send(body);
    if (answer.status > 204) throw new Error(JSON.stringify(answer.body));
    await api.deps.afterCommit.settled();
  };
  return {
    id,
    token,
    reply: (conversationId, text) => post(`/conversations/${conversationId}/messages`, { text }),
    command: (conversationId, name) => post(`/conversations/${conversationId}/commands`, { name }),
  };
}

export interface Visit extends Screen {
  /** The page in the frame, as soon as it is there. */
  widget(): Promise<Frame>;
  /** Opens the window by its button. */
  open(): Promise<Frame>;
  /** The id of the visitor's newest conversation. */
  conversationId(): Promise<string>;
}

/** Somebody opens the website. `query` goes into its address: `lang`, and attributes of the script. */
export async function visit(
  browser: Browser,
  website: Website,
  channelId: string,
  query: Readonly<Record<string, string>> = {},
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Visit> {
  const screen = await openScreen(browser, { viewport: { width: 1000, height: 760 }, ...options });
  const { page } = screen;
  await prepare(page);
  await page.goto(`${website.url}/?${new URLSearchParams({ channel: channelId, ...query })}`);
  await page.locator('button[aria-expanded]').waitFor();
  const widget = async (): Promise<Frame> => {
    const frame = await (
      await page.waitForSelector('iframe', { state: 'attached' })
    ).contentFrame();
    if (!frame) throw new Error('the frame has no page');
    return frame;
  };
  return {
    ...screen,
    widget,
    async open() {
      await page.locator('button[aria-expanded=false]').click();
      return widget();
    },
    async conversationId() {
      const rows = await website.api.db.query<{ id: string }>(
        'SELECT id FROM conversation WHERE channel_id = $1 ORDER BY number DESC LIMIT 1',
        [channelId],
      );
      if (!rows[0]) throw new Error('there is no conversation');
      return rows[0].id;
    },
  };
}

/** Writes a message and waits until it stands there. */
export async function say(widget: Frame, text: string): Promise<void> {
  await widget.getByLabel('Your message').fill(text);
  await widget.getByLabel('Your message').press('Enter');
  await widget.locator('.message.in:not(.pending)', { hasText: text }).waitFor();
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What the widget does wrong to people with tools, in light and dark: "scheme: rule: where". */
export async function faultsOfWidget(page: Page, widget: Frame): Promise<string[]> {
  const faults: string[] = [];
  await widget.evaluate(axe);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await widget.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as {
        axe: {
          run(
            what: Document,
            options: object,
          ): Promise<{
            violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
          }>;
        };
      };
      const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const { violations } = await tool.run(document, {
        runOnly,
        // The frame is a part of a page: what belongs to a whole page is that page's.
        rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false } },
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
      );
    });
    faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/** Keeps a picture of the page in the folder SWITCHYARD_PICTURES, where one is named: for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SWITCHYARD_PICTURES'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}
