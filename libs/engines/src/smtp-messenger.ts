import { Readable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { entry } from '#kernel/keyed';
import type { HandedOver, Message, Messenger } from './messenger.js';

/** The server that takes messages, `smtp://user:password@host:587`, and the address that they come from. */
export interface SmtpSettings {
  readonly url: URL;
  readonly from: string;
}

type SmtpError = Error & { readonly code?: string; readonly responseCode?: number; readonly permanent?: boolean };

/**
 * Hands messages to an SMTP server, each over a connection of its own. Whether a message was accepted is in doubt from
 * its first byte until the server's answer to its last one, and only then.
 */
export class SmtpMessenger implements Messenger {
  constructor(
    private readonly settings: SmtpSettings,
    private readonly timeoutMs = 60_000,
    private readonly tls: ConnectionOptions = {},
  ) {}

  async deliver({ id, to, subject, text }: Message): Promise<HandedOver> {
    const { from } = this.settings;
    const messageId = `<${id}@${domainToASCII(from.slice(from.lastIndexOf('@') + 1))}>`;
    const headers = { 'Auto-Submitted': 'auto-generated' };
    const composed = new MailComposer({ from, to, subject, text, messageId, headers }).compile();
    const content = await composed.build();
    // The addresses as the header has them: domains in ASCII, which every server takes.
    const envelope = composed.getEnvelope();
    let isUnderWay = false;
    const message = Readable.from(
      (function* () {
        isUnderWay = true;
        yield content;
      })(),
    );
    try {
      await this.send({ ...envelope, size: content.length }, message);
      return { outcome: 'accepted', channel: 'email', messageId };
    } catch (error) {
      return outcomeOf(error as SmtpError, isUnderWay);
    }
  }

  private send(envelope: SMTPConnection.Envelope, message: Readable): Promise<void> {
    const { hostname, port, protocol, username, password } = this.settings.url;
    const secure = protocol === 'smtps:';
    const connection = new SMTPConnection({
      host: hostname,
      ...(port !== '' && { port: Number(port) }),
      secure,
      // A password never goes over the line in the clear.
      requireTLS: !secure && username !== '',
      tls: this.tls,
      socketTimeout: this.timeoutMs,
    });
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => settle(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), this.timeoutMs);
      const settle = (error: Error | null | undefined) => {
        clearTimeout(timer);
        if (error) {
          connection.close();
          reject(error);
        } else {
          connection.quit();
          resolve();
        }
      };
      const send = () => connection.send(envelope, message, settle);
      connection.on('error', settle);
      connection.connect((error) => {
        if (error) settle(error);
        else if (username === '') send();
        else
          connection.login({ user: decodeURIComponent(username), pass: decodeURIComponent(password) }, (failed) =>
            failed ? settle(failed) : send(),
          );
      });
    });
  }
}

/** The server's answer counts as one only where it answers the message or what came before it. */
function outcomeOf({ code, responseCode, permanent }: SmtpError, isUnderWay: boolean): HandedOver {
  const trouble = responseCode === undefined ? (entry(troubles, code ?? '') ?? 'connection-lost') : `answered-${responseCode}`;
  if (isUnderWay && (code !== 'EMESSAGE' || responseCode === undefined)) return { outcome: 'unknown', trouble };
  if (code === 'EAUTH') return { outcome: 'failed', trouble: 'login-failed' };
  // A server that refuses its whole service, or the login, refuses no message: both may be mended.
  const isAboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  return { outcome: isAboutMessage && permanent !== false ? 'refused' : 'failed', trouble };
}

const troubles: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'timed-out',
  ESOCKET: 'connection-failed',
  EDNS: 'server-not-found',
  ETLS: 'no-encryption',
  EENVELOPE: 'address-unusable',
  EMESSAGE: 'message-too-large',
};
