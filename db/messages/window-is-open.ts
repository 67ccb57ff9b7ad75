/**
 * Condition on a conversation and a message of it that is true while the messaging window lets the message out: the
 * rule of core/windows/window.ts, asked of the database's own clock as the last thing before a vendor is called.
 */
export const windowIsOpen = (conversation: string, message: string): string => `(
  coalesce(${conversation}.window_mode, 'none') = 'none'
  OR ${conversation}.window_expires_at IS NULL
  OR app_now() < ${conversation}.window_expires_at
  OR (${conversation}.window_mode = '7d' AND ${message}.human_tag
      AND app_now() < ${conversation}.window_expires_at + interval '6 days'))`;
