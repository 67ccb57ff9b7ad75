import {
  openAdmin,
  saveButton,
  saveForm,
  startAdminStage,
  type AdminStage,
} from './admin.test-kit';
import { describeInBrowser, faultsOfAccess, type Screen } from './browser.test-kit';

describeInBrowser('administering queues', () => {
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

  it('adds one, says what is wrong beside the field, and edits it', async () => {
    screen = await openAdmin(stage, 'queues');
    const { page } = screen;
    await page.getByRole('button', { name: 'Add a queue' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('Fill this in.').waitFor();
    expect(await dialog.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe(
      'true',
    );
    await dialog.getByLabel('Name', { exact: true }).fill('Support');
    await page.keyboard.press('Enter');
    await dialog.getByText('This is in use already. Choose another one.').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await dialog.getByLabel('Name', { exact: true }).fill('Returns');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Returns' }).waitFor();

    await page.getByLabel('Time to answer an offer', { exact: true }).fill('45');
    await page.getByLabel('Weight', { exact: true }).fill('11');
    await page.getByText('2 unsaved changes').waitFor();
    await saveButton(page).click();
    await page.getByText('At most 10.').waitFor();
    await page.getByLabel('Weight', { exact: true }).fill('3');
    await saveForm(page);
    await page.reload();
    await page.getByLabel('Weight', { exact: true }).waitFor();
    expect(await page.getByLabel('Weight', { exact: true }).inputValue()).toBe('3');
    expect(await page.getByLabel('Time to answer an offer', { exact: true }).inputValue()).toBe(
      '45',
    );

    await page.getByRole('link', { name: 'Changes' }).click();
    const version = page.getByRole('table', { name: 'Version 2' });
    await version
      .getByRole('row', { name: /Time to answer an offer not set 45 seconds/ })
      .waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
  }, 120_000);

  it('builds a ladder, reorders it by buttons and refuses times that do not rise', async () => {
    screen = await openAdmin(stage, 'queues');
    const { page } = screen;
    await page.getByRole('link', { name: 'Sales' }).click();
    const add = page.getByRole('button', { name: 'Add a step' });
    await add.click();
    await add.click();
    const [one, two] = [1, 2].map((number) =>
      page.getByRole('listitem', { name: `Step ${number}` }),
    );
    if (!one || !two) throw new Error('There are two steps.');
    await two.getByLabel('What is done').selectOption({ label: 'move to another queue' });
    await saveButton(page).click();
    await two.getByText('Fill this in.').waitFor();
    await two.getByLabel('To which queue').selectOption({ label: 'Support' });
    await two.getByLabel('After', { exact: true }).fill('1');
    await saveButton(page).click();
    await page
      .getByText('Each step must come later than the one before it.', { exact: true })
      .waitFor();
    await two.getByLabel('After', { exact: true }).fill('5');
    await page.getByRole('button', { name: 'Move step 2 up' }).click();
    expect(await one.getByLabel('To which queue').inputValue()).not.toBe('');
    expect(await one.getByLabel('After', { exact: true }).inputValue()).toBe('2');
    expect(await faultsOfAccess(page)).toEqual([]);
    await saveForm(page);
    await page.getByRole('button', { name: 'Remove step 2' }).click();
    await saveForm(page);
    await page.reload();
    await one.waitFor();
    expect(await page.getByRole('listitem', { name: /^Step/ }).count()).toBe(1);
  }, 120_000);

  it('shows what a change would do before it is saved, and asks before it is lost', async () => {
    screen = await openAdmin(stage, 'queues');
    const { page } = screen;
    await page.getByRole('link', { name: 'Support' }).click();
    await page.getByLabel('Delivery', { exact: true }).selectOption({ label: 'Automatic' });
    await page.getByText('It is assigned at once, without asking.').waitFor();
    await page.getByRole('button', { name: 'What would change?' }).click();
    const dialog = page.getByRole('dialog', { name: 'What your changes would do now' });
    await dialog.getByRole('row', { name: 'Delivery By offer Automatic' }).waitFor();
    await dialog.getByText('Nobody waits in this queue at the moment').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Agents', exact: true }).last().click();
    const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
    await leave.getByText('1 change is not saved').waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await leave.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByLabel('Position of Alex Agent').waitFor();
  }, 120_000);

  it('changes who works in it, also by a supervisor, who may not change its settings', async () => {
    screen = await openAdmin(stage, 'queues', 'supervisor');
    const { page } = screen;
    await page.getByRole('link', { name: 'Sales' }).click();
    await page.getByText('You may look at these settings.').waitFor();
    expect(await page.getByLabel('Weight', { exact: true }).isDisabled()).toBe(true);
    await page.getByRole('navigation', { name: 'Parts of the queue' }).getByText('Agents').click();
    await page.getByLabel('Add an agent').selectOption({ label: 'Sam Super' });
    await page.getByLabel('Penalty of Sam Super').fill('101');
    await saveButton(page).click();
    await page.getByText('At most 100.').waitFor();
    await page.getByLabel('Penalty of Sam Super').fill('100');
    expect(await faultsOfAccess(page)).toEqual([]);
    await saveForm(page);
    await page.getByRole('button', { name: 'Take Sam Super out of the queue' }).click();
    await saveForm(page);
    await page.reload();
    await page.getByLabel('Penalty of Alex Agent').waitFor();
    expect(await page.getByLabel('Penalty of Sam Super').count()).toBe(0);
  }, 120_000);

  it('archives one with an heir and says what goes there', async () => {
    screen = await openAdmin(stage, 'queues');
    const { page } = screen;
    await page.getByRole('link', { name: 'Sales' }).click();
    await page.getByRole('button', { name: 'Archive' }).click();
    const dialog = page.getByRole('dialog', { name: 'Archive “Sales”?' });
    await dialog.getByText('Not closed: 0 conversations.').waitFor();
    await dialog.getByText('1 channel leads to the queue that you choose').waitFor();
    expect(await dialog.getByRole('button', { name: 'Archive' }).isDisabled()).toBe(true);
    expect(await faultsOfAccess(page)).toEqual([]);
    await dialog.getByLabel('Queue that takes over').selectOption({ label: 'Support' });
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await page.waitForURL('**/admin/queues');
    await page.getByRole('link', { name: 'Show archived queues' }).click();
    await page.getByRole('link', { name: 'Sales' }).waitFor();
  }, 120_000);
});
