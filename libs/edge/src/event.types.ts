import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { Actor, Recorded } from '#kernel/envelope';
import { effectiveAt } from '#kernel/envelope';
import { mayRead, type Claims } from '#access/policy';
import type { LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';
import { LocalizedTextType } from './localized-text.type.js';
import { RegionCodeEnum } from './region.type.js';
import { InstantScalar, JsonScalar, KeyScalar, PositionScalar, RevisionScalar, UuidScalar, WhenScalar } from './scalars.js';

@ObjectType('Actor', { description: 'Who acted.' })
class ActorType {
  @Field(() => String, { description: 'The role in which they acted.' })
  role!: string;

  @Field(() => String, { nullable: true, description: 'The pseudonym under which the log names them. For auditors only.' })
  id?: string;
}

@ObjectType('Event', { description: 'Something that happened, stored for ever.' })
export class EventType {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => LocalizedTextType, { description: 'What happened.' })
  description!: LocalizedText;

  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar, { description: 'Its number among those of its stream that you may see.' })
  revision!: number;

  @Field(() => PositionScalar, { description: 'Ask `after` it to go on from here.' })
  position!: string;

  @Field(() => InstantScalar, { description: 'When it was written.' })
  recordedAt!: string;

  @Field(() => WhenScalar, { description: 'The time that it is about.' })
  effectiveAt!: string;

  @Field(() => ActorType)
  actor!: ActorType;

  @Field(() => [String], { description: 'The pages it was read from, if it was recorded from a source.' })
  source!: readonly string[];

  @Field(() => JsonScalar, {
    description:
      'What you may see of its data, by the fields of docs/events.md. A text about a person who was forgotten is null; of one that is damaged only the code is told, `{ "code": "text-damaged" }`.',
  })
  data!: unknown;
}

@ObjectType('EventPage', { description: 'A piece of a history, in the order in which it was recorded.' })
export class EventPageType {
  @Field(() => [EventType])
  events!: readonly EventType[];

  @Field(() => PositionScalar, { nullable: true, description: 'Ask `after` it for what follows, or subscribe after it.' })
  next?: string;

  @Field(() => Boolean, { description: 'Whether there is no more yet.' })
  end!: boolean;
}

@ObjectType('ViewChange', { description: 'A view shows something else than before.' })
export class ViewChangeType {
  @Field(() => String)
  projection!: string;

  @Field(() => PositionScalar, { description: 'Of the latest change. Ask `after` it to see it.' })
  position!: string;
}

/** Which events are asked for. */
@ArgsType()
export class EventsArgs {
  @Field(() => KeyScalar, { nullable: true, description: 'All that belongs to this call.' })
  call?: string;

  @Field(() => String, {
    nullable: true,
    description: 'All that belongs to this matter: one applicant’s case in one call, such as coordination-2019--12.',
  })
  matter?: string;

  @Field(() => RegionCodeEnum, {
    nullable: true,
    description:
      'All that is told of this region: its plans, applications and grants, its network, and the services in its municipalities, wherever their provider is.',
  })
  region?: RegionCode;

  @Field(() => PositionScalar, { nullable: true, description: 'Only what comes after this position; from the beginning without it.' })
  after?: string;
}

@ArgsType()
export class EventPageArgs extends EventsArgs {
  @Field(() => Int, { nullable: true, description: 'At most 100; 25 without it.' })
  first?: number;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Answer only once everything up to this position (a receipt’s) can be in the answer.',
  })
  afterPosition?: string;
}

/** The event with what the reader may see of its data. */
export function eventFor(event: Recorded, description: LocalizedText, data: unknown, reader: Claims | undefined): EventType {
  const { id, type, stream, revision, position, metadata } = event;
  const { recordedAt, actor, source } = metadata;
  return {
    id,
    type,
    description,
    stream,
    revision,
    position,
    recordedAt,
    effectiveAt: effectiveAt(event),
    actor: actorFor(actor, reader),
    source: source?.references ?? [],
    data,
  };
}

function actorFor({ id, role }: Actor, reader: Claims | undefined): ActorType {
  return { role, ...(mayRead('the pseudonyms of actors', reader) && { id }) };
}
