import {
  openAdmin,
  saveButton,
  saveForm,
  startAdminStage,
  type AdminStage,
} from './admin.test-kit';
import { describeInBrowser, faultsOfAccess, type Screen } from './browser.test-kit';

describeInBrowser('administering channels and opening hours', () => {
  let stage: AdminStage;
  let screen: Screen | undefined;

  beforeAll(async () => {
    stage = await startAdminStage();
  }, 240_000);
  afterEach(async () => {
    expect(screen?.complaints).toEqual([]);
    await screen?.context.close();
  });
  afterAll(() => stage?.close());

  it('adds a live chat, refuses an address with a path, and shows its code', async () => {
    screen = await openAdmin(stage, 'channels');
    const { page } = screen;
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Shop');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('Fill this in.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await dialog.getByLabel('Queue', { exact: true }).selectOption({ label: 'Support' });
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
    await page.getByText(/embed\.js\?channel=[0-9a-f-]{36}/).waitFor();

    await page
      .getByRole('textbox', { name: 'Websites' })
      .or(page.getByRole('combobox', { name: 'Websites' }))
      .fill('https://shop.example.com/path');
    await page.keyboard.press('Enter');
    await saveButton(page).click();
    await page.getByText('Enter the address of a website without a path').waitFor();
    await page.getByRole('button', { name: 'Remove https://shop.example.com/path' }).click();
    await page.getByRole('combobox', { name: 'Websites' }).fill('https://shop.example.com');
    await page.keyboard.press('Enter');
    await page.getByLabel('Welcome', { exact: true }).fill('Hello!');
    expect(await faultsOfAccess(page)).toEqual([]);
    await saveForm(page);
    await page.reload();
    await page.getByText('https://shop.example.com', { exact: true }).waitFor();
    await page.getByLabel('Welcome', { exact: true }).fill('');
    await saveForm(page);
    await page.reload();
    await page.getByRole('button', { name: 'Remove https://shop.example.com' }).waitFor();
    expect(await page.getByLabel('Welcome', { exact: true }).inputValue()).toBe('');
  }, 120_000);

  it('adds an open channel, shows its secret once, and makes a new one', async () => {
    screen = await openAdmin(stage, 'channels');
    const { page } = screen;
    await page.getByRole('button', { name: 'Add a channel' }).click();
    await page.getByRole('radio', { name: /Open channel/ }).check();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Shop system');
    await page
      .getByRole('dialog')
      .getByLabel('Queue', { exact: true })
      .selectOption({ label: 'Sales' });
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    const secret = page.getByRole('dialog', { name: 'The signing secret' });
    const first = await secret.getByRole('group', { name: 'Signing secret' }).textContent();
    expect(await faultsOfAccess(page)).toEqual([]);
    await secret.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('heading', { name: 'Shop system', exact: true }).waitFor();
    expect(await page.content()).not.toContain(first);

    await page.getByLabel('Address for replies').fill('shop.example.com');
    await saveButton(page).click();
    await page.getByText('Enter an address that begins with http:// or https://.').waitFor();
    await page.getByLabel('Address for replies').fill('https://shop.example.com/replies');
    await page.getByLabel('Time in which you may reply').selectOption({ label: '24 hours' });
    await saveForm(page);
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
    const second = await secret.getByRole('group', { name: 'Signing secret' }).textContent();
    expect(second).not.toBe(first);
  }, 120_000);

  it('lists six columns and deletes after asking', async () => {
    screen = await openAdmin(stage, 'channels');
    const { page } = screen;
    await page.getByRole('columnheader').first().waitFor();
    expect(await page.getByRole('columnheader').allTextContents()).toEqual([
      ...['Type', 'Name and address', 'Destination', 'Routing', 'Edit', 'Delete'],
    ]);
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.getByRole('button', { name: 'Delete Open demo' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “Open demo”?' });
    await dialog.getByText('On this channel now and not closed: 0 conversations.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: 'Open demo' }).waitFor({ state: 'detached' });
  }, 120_000);

  it('adds opening hours, refuses times that are none, and deletes those that nobody goes by', async () => {
    screen = await openAdmin(stage, 'calendars');
    const { page } = screen;
    await page.getByRole('button', { name: 'Add a calendar' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Office');
    await dialog.getByLabel('Time zone').fill('Europe/Atlantis');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('There is no time zone of this name.').waitFor();
    await dialog.getByLabel('Time zone').fill('Europe/Berlin');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Office', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Add a time on Saturday' }).click();
    await page.getByLabel('Saturday, time 1, to').fill('25:00');
    await page.getByRole('button', { name: 'Add a closed date' }).click();
    await page.getByLabel('Reason').fill('Christmas');
    await page.getByLabel('From', { exact: true }).fill('2026-12-24T12:00');
    await page.getByLabel('To', { exact: true }).fill('2026-12-24T08:00');
    await saveButton(page).click();
    await page.getByText('Enter a time as hours and minutes, such as 08:30.').waitFor();
    await page.getByLabel('Saturday, time 1, to').fill('13:00');
    await saveButton(page).click();
    await page.getByText('The end must be after the beginning.').waitFor();
    await page.getByLabel('To', { exact: true }).fill('2026-12-27T00:00');
    await page.getByLabel('For all queues').check();
    expect(await faultsOfAccess(page)).toEqual([]);
    await saveForm(page);
    await page.getByText('No queue goes by it.').waitFor();
    await page.getByText(/^(Open|Closed) until /).waitFor();
    const office = page.url();
    await page.goto(`${stage.product.url}/admin/queues`);
    await page.getByRole('link', { name: 'Support' }).click();
    await page.getByLabel('Hours', { exact: true }).selectOption({ label: 'Like the house' });
    await saveForm(page);
    await page.goto(office);
    await page.getByText('1 queue goes by it: Support.').waitFor();

    await page.getByRole('button', { name: 'Delete' }).click();
    const asked = page.getByRole('dialog', { name: 'Delete “Office”?' });
    await asked.getByText('Give it other hours first.').waitFor();
    expect(await asked.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await page.getByLabel('For all queues').uncheck();
    await saveForm(page);
    await page.getByRole('button', { name: 'Delete' }).click();
    await asked.getByText('No queue goes by it').waitFor();
    await asked.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/admin/calendars');
    await page.getByText('There is no calendar yet').waitFor();
  }, 120_000);
});
