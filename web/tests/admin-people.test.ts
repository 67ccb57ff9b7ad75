import {
  openAdmin,
  saveButton,
  saveForm,
  startAdminStage,
  type AdminStage,
} from './admin.test-kit';
import { describeInBrowser, faultsOfAccess, openScreen, type Screen } from './browser.test-kit';
import { signInAs } from './panel.test-kit';

describeInBrowser('administering people and the house', () => {
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

  it('adds an agent, gives them work, and archives them', async () => {
    screen = await openAdmin(stage, 'agents');
    const { page } = screen;
    await page.getByRole('button', { name: 'Add an agent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Nora New');
    await dialog.getByLabel('E-mail address').fill('not an address');
    await dialog.getByLabel('Password').fill('short');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('Enter an e-mail address, such as name@example.com.').waitFor();
    await dialog.getByText('At least 8 characters.', { exact: true }).waitFor();
    await dialog.getByLabel('Password').fill('long enough');
    await dialog.getByLabel('E-mail address').fill('agent@example.com');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('This is in use already. Choose another one.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await dialog.getByLabel('E-mail address').fill('nora@example.com');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Nora New' }).waitFor();

    await page.getByRole('group', { name: 'Queues' }).getByLabel('Sales').check();
    await page.getByRole('combobox', { name: 'Skills' }).fill('French');
    await page.keyboard.press('Enter');
    await page.getByLabel('Units', { exact: true }).fill('50');
    await page.getByText('3 unsaved changes').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await saveForm(page);
    await page.reload();
    await page.getByRole('button', { name: 'Remove french' }).waitFor();
    expect(await page.getByRole('group', { name: 'Queues' }).getByLabel('Sales').isChecked()).toBe(
      true,
    );

    await page.getByRole('button', { name: 'Archive' }).click();
    const asked = page.getByRole('dialog', { name: 'Archive “Nora New”?' });
    await asked.getByText('They hold: 0 conversations.').waitFor();
    await asked.getByText('They leave 1 queue.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await asked.getByRole('button', { name: 'Archive' }).click();
    await page.waitForURL('**/admin/agents');
    await page.getByLabel('Search by name or address').fill('nora');
    await page.getByText('Nobody found.').waitFor();
    await page.getByRole('link', { name: 'Show archived agents' }).click();
    await page.waitForURL('**/admin/agents?archived=true');
  }, 120_000);

  it('shows what each role may do', async () => {
    screen = await openAdmin(stage, 'roles');
    const { page } = screen;
    const row = page.getByRole('row', { name: 'Edits a queue', exact: false }).first();
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toHaveLength(3);
    expect(await row.getByText('may', { exact: true }).count()).toBe(1);
    expect(await faultsOfAccess(page)).toEqual([]);
  }, 120_000);

  it('changes the settings of the house', async () => {
    screen = await openAdmin(stage, 'settings');
    const { page } = screen;
    await page.getByLabel('Name of the company').fill('');
    await saveButton(page).click();
    await page.getByText('Fill this in.').waitFor();
    await page.getByLabel('Name of the company').fill('Acme');
    await page
      .getByLabel('Conversations of an agent who signs out')
      .selectOption({ label: 'They cannot sign out' });
    await page.getByRole('group', { name: 'While they hold' }).getByLabel('Waiting').check();
    await page.getByLabel('Release after a pause of', { exact: true }).fill('0.5');
    await saveButton(page).click();
    await page.getByText('At least 1 minute.').waitFor();
    await page.getByLabel('Release after a pause of', { exact: true }).fill('20');
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByLabel('Name of the company').waitFor();
    expect(await page.getByLabel('Name of the company').inputValue()).toBe('Acme');
    expect(await page.getByLabel('Release after a pause of', { exact: true }).inputValue()).toBe(
      '20',
    );
  }, 120_000);

  it('is not there for agents', async () => {
    screen = await openScreen(stage.browser);
    await signInAs(screen.page, stage.product.url, 'agent');
    expect(await screen.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  }, 60_000);
});
