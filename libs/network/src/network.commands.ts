import { commandOf, effectiveAt } from '#edge/commands';
import { field, hinted } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { networkEvents } from './network.events.js';

const { NetworkFounded, CoordinatorAppointed, CoordinatorReplaced, MemberJoined, MemberRoleChanged, MemberLeft, NetworkMeetingHeld } =
  networkEvents;

const by = ['regional-coordinator', 'agency-coordinator'] as const;
const network = field(KeyText, { fi: 'Verkosto', sv: 'Nätverk', en: 'Network' });
/** Which network: a regional coordinator may act on those of the own region only, and names it. */
const whichNetwork = { network, region: NetworkFounded.fields.region };
const contact = hinted(CoordinatorAppointed.fields.contact, 'An id of the contact that says nothing about the person.');

export class FoundNetwork extends commandOf(
  'Founds a network: of a region or a part of it by its coordinator, the national one by the agency.',
  { by },
  { network, ...NetworkFounded.fields, effectiveAt },
) {}

export class AppointCoordinator extends commandOf(
  'Appoints the coordinator of a network that has none.',
  { by },
  { ...whichNetwork, ...omit(CoordinatorAppointed.fields, 'person'), contact, effectiveAt },
) {}

export class ReplaceCoordinator extends commandOf(
  'Puts another coordinator in the present one’s place from a day on, also in the middle of a period.',
  { by },
  { ...whichNetwork, ...omit(CoordinatorReplaced.fields, 'person'), contact, effectiveAt },
) {}

export class JoinNetwork extends commandOf(
  'Takes an organisation into a network.',
  { by },
  { ...whichNetwork, ...MemberJoined.fields, effectiveAt },
) {}

export class ChangeMemberRole extends commandOf(
  'Changes what a member does in a network.',
  { by },
  { ...whichNetwork, ...MemberRoleChanged.fields, effectiveAt },
) {}

export class LeaveNetwork extends commandOf(
  'Records that a member left a network. What it did there stays on record.',
  { by },
  { ...whichNetwork, ...MemberLeft.fields, effectiveAt },
) {}

export class HoldNetworkMeeting extends commandOf(
  'Records a meeting of a network that was held. It is public: name no persons.',
  { by },
  {
    ...whichNetwork,
    ...NetworkMeetingHeld.fields,
    meeting: hinted(NetworkMeetingHeld.fields.meeting, 'An id of the meeting, chosen by who records it.'),
  },
) {}
