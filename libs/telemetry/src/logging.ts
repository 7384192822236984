import { pino, type DestinationStream } from 'pino';
import type { LogLevel } from './log-levels.js';

/** Writes lines of the log: a message, and what it is about. Never a token, a content or a name. */
export interface Logger {
  debug(about: object, message: string): void;
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

/** A log of JSON lines: `level`, `at`, `message` and what each is about. They are written by 4 kB or a tenth of a second; `flush` writes them now. */
export function jsonLogger(
  level: LogLevel,
  destination: DestinationStream & { flushSync?(): void } = pino.destination({
    dest: process.stderr.fd,
    sync: false,
    minLength: 4_096,
    periodicFlush: 100,
  }),
): Logger & { flush(): void } {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return Object.assign(logger, { flush: () => destination.flushSync?.() });
}
