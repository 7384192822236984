import type { Language } from '#kernel/localized-text';
import { CodedError } from '#kernel/refused';

/** Why an engine cannot be used, as codes, and what they are called in texts. */
export const outageReasons = {
  'access-refused': {
    fi: 'palvelin ei hyväksy käyttäjätunnusta, salasanaa tai käyttöoikeuksia',
    sv: 'servern godkänner inte användaren, lösenordet eller rättigheterna',
    en: 'the server does not accept the user, the password or the rights of the user',
  },
  'certificate-refused': {
    fi: 'palvelimen varmenteeseen ei voida luottaa',
    sv: 'serverns certifikat är inte betrott',
    en: 'the certificate of the server is not trusted',
  },
  'cut-off': { fi: 'yhteys katkesi', sv: 'förbindelsen bröts', en: 'the connection was cut off' },
  'host-unknown': { fi: 'palvelimen nimeä ei löydy', sv: 'serverns namn hittas inte', en: 'the name of the server is not known' },
  'no-answer': { fi: 'palvelin ei vastannut ajoissa', sv: 'servern svarade inte i tid', en: 'the server did not answer in time' },
  'no-connection': {
    fi: 'palvelin ei ota yhteyksiä vastaan',
    sv: 'servern tar inte emot anslutningar',
    en: 'the server takes no connections',
  },
  'no-primary': {
    fi: 'mikään palvelimista ei ota kirjoituksia vastaan',
    sv: 'ingen av servrarna tar emot skrivningar',
    en: 'none of the servers takes writes',
  },
  'no-tls': { fi: 'palvelin ei käytä TLS-salausta', sv: 'servern använder inte TLS-kryptering', en: 'the server does not speak TLS' },
  'none-answers': { fi: 'mikään palvelimista ei vastaa', sv: 'ingen av servrarna svarar', en: 'none of the servers answers' },
  'not-readable-yet': {
    fi: 'aiemmin tallennettua ei voi vielä lukea',
    sv: 'det som redan har sparats kan inte läsas ännu',
    en: 'what was recorded before cannot be read yet',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** How the clients of engines, and Node's sockets below them, say these. The first that fits counts. */
const signs: readonly (readonly [RegExp, keyof typeof outageReasons])[] = [
  [/ENOTFOUND|EAI_AGAIN|Name resolution failed/, 'host-unknown'],
  [/certificate|altnames/i, 'certificate-refused'],
  [/SSL routines|EPROTO/, 'no-tls'],
  [/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|^no connection$/, 'no-connection'],
  [/Failed to discover/, 'none-answers'],
  [/timed out|ETIMEDOUT/, 'no-answer'],
  [/ECONNRESET|EPIPE|closed$|Failed to connect|Call cancelled|Connection dropped|Protocol error/, 'cut-off'],
];

/** The code for what a client says; where there is none its own words, in quotes. Users read them: they name no credentials and no addresses. */
export function outageReason(said: string): string {
  return signs.find(([sign]) => sign.test(said))?.[1] ?? `«${withoutCredentials(said).replace(/\S+:\d{2,5}\b/g, '…')}»`;
}

/** Whether an engine refuses the user that the settings name: waiting does not help. */
export function isAccessRefused(error: unknown): boolean {
  return error instanceof CodedError && error.details['reason'] === 'access-refused';
}

/** Why something failed, for those who operate it: with what the engine's client said. */
export function troubleText(error: unknown): string {
  if (!(error instanceof CodedError)) return error instanceof Error ? error.message : String(error);
  const reason = String(error.details['reason'] ?? error.code);
  if (!Object.hasOwn(outageReasons, reason)) return reason;
  const text = outageReasons[reason as keyof typeof outageReasons].en;
  return error.cause instanceof Error ? `${text} («${withoutCredentials(error.cause.message).replace(/\s+/g, ' ').trim()}»)` : text;
}

function withoutCredentials(said: string): string {
  return said.replace(/\/\/\S*@/g, '//');
}
