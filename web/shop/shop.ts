/** The shop's own buttons open the chat by its JavaScript interface, also before the chat has loaded. */
type Switchyard = ((...call: unknown[]) => void) & { q?: unknown[][] };

const page = window as unknown as { Switchyard?: Switchyard };
page.Switchyard ??= Object.assign(
  (...call: unknown[]) => void (page.Switchyard as { q: unknown[][] }).q.push(call),
  { q: [] as unknown[][] },
);
for (const id of ['ask', 'help']) {
  document.getElementById(id)?.addEventListener('click', () => page.Switchyard?.('open'));
}
