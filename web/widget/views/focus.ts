/** Puts the focus where somebody who has opened the window begins: the first field, else the first button. */
export function focusFirst(): void {
  const found =
    document.querySelector<HTMLElement>('[data-first]') ??
    document.querySelector<HTMLElement>('.window input, .window textarea, .window select') ??
    document.querySelector<HTMLElement>('.window button');
  found?.focus({ preventScroll: true });
}
