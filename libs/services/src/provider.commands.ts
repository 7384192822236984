import { commandOf, effectiveAt } from '#edge/commands';
import { field, hinted } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { providerEvents } from './provider.events.js';

const { ProviderRegistered, ServiceOffered, ServiceRevised, ServiceEnded, EthicalPrinciplesCommitted, EthicalCommitmentWithdrawn } =
  providerEvents;

const by = ['provider'] as const;
/** Whose services they are: a provider acts for its own organisation only. */
const whose = { organisation: field(KeyText, { fi: 'Organisaatio', sv: 'Organisation', en: 'Organisation' }) };

export class RegisterProvider extends commandOf(
  'Registers an organisation as a provider of digital support, or changes how it is reached.',
  { by },
  { ...whose, ...ProviderRegistered.fields },
) {}

export class OfferService extends commandOf(
  'Puts a service into the public directory. It is public: name no persons.',
  { by },
  {
    ...whose,
    ...ServiceOffered.fields,
    service: hinted(ServiceOffered.fields.service, 'An id of the service among the provider’s, chosen by it.'),
    effectiveAt,
  },
) {}

export class ReviseService extends commandOf(
  'Describes a service anew, all of it. What it was before stays with its time.',
  { by },
  { ...whose, ...ServiceRevised.fields, effectiveAt },
) {}

export class EndService extends commandOf(
  'Ends a service: it is not in the directory any more from then on.',
  { by },
  { ...whose, ...ServiceEnded.fields, effectiveAt },
) {}

export class CommitToEthicalPrinciples extends commandOf(
  'Commits a provider to the ethical principles of digital support, in the version in force or one to come.',
  { by },
  { ...whose, ...EthicalPrinciplesCommitted.fields },
) {}

export class WithdrawEthicalCommitment extends commandOf(
  'Withdraws a provider’s commitment to ethical principles.',
  { by },
  { ...whose, ...EthicalCommitmentWithdrawn.fields },
) {}
