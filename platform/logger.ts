import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Fields that must never be written, wherever they turn up by mistake. */
const SECRETS = ['password', 'token', 'csrfToken', 'secret', 'text', 'email', 'phone', 'comment'];

/** Structured logs, one JSON object a line, on standard output unless told otherwise. */
export function createLogger(
  options: { level: string; name: string },
  destination?: DestinationStream,
): Logger {
  const settings: pino.LoggerOptions = {
    name: options.name,
    level: options.level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRETS.flatMap((field) => [field, `*.${field}`]),
    serializers: { err: errorOf },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

/**
 * What is logged of an error: its kind, its code and where it arose. Never its message as such: the messages of
 * databases and parsers quote what a client sent.
 */
function errorOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = (error as { code?: unknown }).code;
  const stack = error.stack ?? '';
  return {
    kind: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(error.cause ? { cause: errorOf(error.cause) } : {}),
  };
}
