import { field, optional, v1 } from '#kernel/event-schema';
import { EmailAddress, HttpsAddress, KeyText, ReasonText, textUpTo, VersionNumber } from '#kernel/schemas';
import { serviceContent } from './service-content.events.js';

const service = field(KeyText, { fi: 'Palvelun tunnus', sv: 'Tjänstens id', en: 'Id of the service' });
const principles = field(KeyText, { fi: 'Eettiset periaatteet', sv: 'Etiska principer', en: 'Ethical principles' });
const reason = optional(ReasonText, { fi: 'Syy', sv: 'Orsak', en: 'Reason' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const providerEvents = {
  ProviderRegistered: v1(
    { fi: 'Digituen tarjoaja ilmoittautui', sv: 'En aktör som tillhandahåller digitalt stöd anmälde sig', en: 'A provider was registered' },
    {
      website: optional(HttpsAddress, { fi: 'Verkkosivut', sv: 'Webbplats', en: 'Website' }),
      email: optional(EmailAddress, { fi: 'Sähköposti', sv: 'E-post', en: 'E-mail' }),
      phone: optional(textUpTo(50), { fi: 'Puhelin', sv: 'Telefon', en: 'Telephone' }),
    },
  ),
  ServiceOffered: v1(
    { fi: 'Digituen palvelu otettiin tarjolle', sv: 'En tjänst för digitalt stöd började erbjudas', en: 'A service was offered' },
    { service, ...serviceContent },
  ),
  ServiceRevised: v1(
    { fi: 'Palvelun tietoja muutettiin', sv: 'Uppgifterna om tjänsten ändrades', en: 'A service was revised' },
    { service, ...serviceContent },
  ),
  ServiceEnded: v1({ fi: 'Palvelu päättyi', sv: 'Tjänsten upphörde', en: 'A service ended' }, { service, reason }),
  EthicalPrinciplesCommitted: v1(
    {
      fi: 'Tarjoaja sitoutui digituen eettisiin periaatteisiin',
      sv: 'Aktören förband sig till de etiska principerna för digitalt stöd',
      en: 'A provider committed to ethical principles',
    },
    {
      principles,
      version: field(VersionNumber, { fi: 'Periaatteiden versio', sv: 'Principernas version', en: 'Version of the principles' }),
    },
  ),
  EthicalCommitmentWithdrawn: v1(
    {
      fi: 'Tarjoaja perui sitoutumisensa eettisiin periaatteisiin',
      sv: 'Aktören återtog sin förbindelse till de etiska principerna',
      en: 'A provider withdrew its commitment to ethical principles',
    },
    { principles, reason },
  ),
};
