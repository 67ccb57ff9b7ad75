/** A visitor's message as a whole HTTP request. `id` and `text` must be plain ASCII. */
export function messageRequest(
  who: { readonly token: string; readonly origin: string },
  message: { readonly id: string; readonly text: string },
): string {
  const body = JSON.stringify(message);
  return (
    'POST /api/v1/visitor/messages HTTP/1.1\r\nHost: bench\r\n' +
    `Authorization: Bearer ${who.token}\r\nOrigin: ${who.origin}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}
