/**
 * True where a page of this origin may use the channel. Exact, as browsers write it: scheme, host and port. A request
 * without an origin (or with `null`, from a file or a sandbox) comes from no website and is refused.
 */
export function originAllowed(
  origin: string | undefined,
  settings: Readonly<Record<string, unknown>>,
): boolean {
  const allowed = settings['allowedOrigins'];
  return origin !== undefined && Array.isArray(allowed) && allowed.includes(origin);
}
