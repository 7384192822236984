import { Field, Int, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '#edge/graphql-enum';
import { dated, objectOf } from '#edge/records';
import { KeyScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import type { Stored } from '#kernel/projection';
import { isThen } from '#kernel/timeline';
import { ethicalPrinciplesEvents } from './ethical-principles.events.js';
import { commitmentStates, versionInForce, type EthicalPrinciplesFacts } from './ethical-principles.facts.js';
import { ethicalPrinciplesView, type EthicalPrinciplesRow } from './ethical-principles.projection.js';

export const CommitmentStateEnum = graphqlEnum(
  'CommitmentState',
  commitmentStates,
  'How a provider stands towards ethical principles: committed to the version in force; to an older one while the transition goes on; to an older one after it; to none.',
);

@ObjectType('EthicalPrinciplesVersion', { description: 'A version of ethical principles. It never changes.' })
class EthicalPrinciplesVersionType extends objectOf({ ...ethicalPrinciplesEvents.EthicalPrinciplesPublished.fields, ...dated }) {}

@ObjectType('EthicalPrinciples', { description: 'The ethical principles of digital support, as published until the time asked for.' })
export class EthicalPrinciplesType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => [EthicalPrinciplesVersionType], { description: 'Version 1 first.' })
  versions!: EthicalPrinciplesVersionType[];

  @Field(() => Int, { nullable: true, description: 'The number of the version in force then.' })
  versionInForce?: number;

  @RevisionField()
  revision!: StreamRevision;
}

/** The principles as they were at the instant; undefined before they were published. */
export function ethicalPrinciplesAt(row: Stored<EthicalPrinciplesRow>, { asOf }: Pick<Moment, 'asOf'>): EthicalPrinciplesType | undefined {
  const { versions } = publishedAt(row, asOf);
  const inForce = versionInForce({ versions }, asOf);
  return versions.length === 0
    ? undefined
    : {
        id: row._id,
        versions: row.versions.slice(0, versions.length).map(({ value, effectiveAt }) => ({ ...value, effectiveAt })),
        ...(inForce && { versionInForce: inForce.version }),
        revision: new StreamRevision(`ethicsPrinciples-${row._id}`, row.revision),
      };
}

/** More principles than there ever are. */
const mostPrinciples = 100;

/** All principles as they were published until the moment, by their ids. */
export async function principlesAt(moment: Moment): Promise<ReadonlyMap<string, EthicalPrinciplesFacts>> {
  const rows = await moment.rows(ethicalPrinciplesView).find({ limit: mostPrinciples });
  return new Map(rows.map((row) => [row._id, publishedAt(row, moment.asOf)]));
}

function publishedAt({ versions }: EthicalPrinciplesRow, asOf: string): EthicalPrinciplesFacts {
  return { versions: versions.filter(isThen(asOf)).map(({ value }) => value) };
}
