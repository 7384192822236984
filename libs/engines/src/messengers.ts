import type { Messenger } from './messenger.js';
import type { SmtpSettings } from './smtp-messenger.js';

/** Where messages go by the settings: to the SMTP server, or into the log of an installation that has none. */
export async function messengerOf(mail: SmtpSettings | undefined, tell: (message: string, details: object) => void): Promise<Messenger> {
  if (!mail) return logMessenger(tell);
  // Loaded only where it is used.
  const { SmtpMessenger } = await import('./smtp-messenger.js');
  return new SmtpMessenger(mail);
}

/** Says that there was a message, and nothing of what it says or whom it is to. */
function logMessenger(tell: (message: string, details: object) => void): Messenger {
  return {
    async deliver({ id, kind }) {
      tell('a notification would be sent, but SMTP_URL is not set', { notification: id, kind });
      return { outcome: 'accepted', channel: 'log', messageId: id };
    },
  };
}
