/** Which form is run: CI has the short one, `npm run neighbours` the full one. */
export const isFull = process.env['SWITCHYARD_NEIGHBOURS'] === 'full';

/** The value of the full form or of the short one. */
export const full = <T>(inFull: T, inShort: T): T => (isFull ? inFull : inShort);

/** Shows what was measured, a line of JSON. */
export function tell(what: string, figures: object): void {
  process.stdout.write(`neighbours: ${what}: ${JSON.stringify(figures)}\n`);
}
