import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { LocalizedTextType } from '#edge/localized-text.type';
import { objectOf, recorded } from '#edge/records';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { omit, pick } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { type Dated, entryAt, isThen } from '#kernel/timeline';
import { guidanceEvents, type SupportStructureKind } from './guidance.events.js';
import { guidances, type GuidanceRow, type GuidanceVersion } from './guidances.projection.js';
import type { SupportStructureRow } from './support-structures.projection.js';

@ObjectType('GuidanceVersion', { description: 'Guidance as it is from a time on. A version never changes.' })
class GuidanceVersionType extends objectOf({ ...omit(guidanceEvents.GuidancePublished.fields, 'names'), ...recorded }) {
  @Field(() => Int)
  number!: number;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => WhenScalar)
  since!: string;

  @Field(() => String, { nullable: true, description: 'Why it was made; null for the first one.' })
  reason?: string;
}

@ObjectType('Guidance', { description: 'Guidance for those who arrange digital support, as it was at the time asked for.' })
export class GuidanceType extends objectOf(omit(guidanceEvents.GuidancePublished.fields, 'names')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => Int, { description: 'The number of the version.' })
  version!: number;

  @Field(() => WhenScalar, { description: 'Since when this version is in use.' })
  since!: string;

  @Field(() => [GuidanceVersionType], { description: 'Its versions until then, the first one first.' })
  versions!: readonly GuidanceVersionType[];

  @Field(() => WhenScalar, { nullable: true, description: 'When it was taken out of use; null while it is in use.' })
  retired?: string;

  @Field(() => String, { nullable: true, description: 'Why it was taken out of use.' })
  retiredReason?: string;

  @Field(() => KeyScalar, { nullable: true, description: 'The guidance that replaces it.' })
  replacedBy?: string;

  @RevisionField()
  revision!: StreamRevision;
}

@ObjectType('SupportStructureDraft', { description: 'A draft that is not adopted yet.' })
export class SupportStructureDraftType extends objectOf(omit(guidanceEvents.SupportStructureDrafted.fields, 'coAuthors')) {}

@ObjectType('SupportStructureVersion', { description: 'A support structure as it was adopted.' })
class SupportStructureVersionType extends objectOf(pick(guidanceEvents.SupportStructureAdopted.fields, 'version', 'names', 'text')) {
  @Field(() => WhenScalar)
  adopted!: string;
}

@ObjectType('SupportStructure', {
  description: 'Training, a method or information that the agency develops together with others, to be used in the whole country.',
})
export class SupportStructureType extends objectOf(pick(guidanceEvents.SupportStructureAdopted.fields, 'kind', 'names', 'text')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => WhenScalar, { nullable: true, description: 'Since when it is adopted; null while it is a draft only.' })
  adopted?: string;

  @Field(() => [SupportStructureVersionType], { description: 'What was adopted until then, version 1 first.' })
  versions!: readonly SupportStructureVersionType[];

  @Field(() => SupportStructureDraftType, {
    nullable: true,
    description: 'What is drafted and not adopted yet. Shown to the agency, the ministry and the regional coordinators only.',
  })
  draft?: SupportStructureDraftType;

  @RevisionField()
  revision!: StreamRevision;

  moment!: Moment;
  coAuthorIds!: readonly string[];
}

export const GuidanceConnection = connectionType(GuidanceType, 'Guidance');
export const SupportStructureConnection = connectionType(SupportStructureType, 'SupportStructure');

/** The guidance of that id, for the fields that name one. */
export async function guidanceOf(id: string, moment: Moment, context: RequestContext): Promise<GuidanceType | undefined> {
  const row = await context.load(moment.rows(guidances), id);
  return row && guidanceAt(row, moment);
}

/** The guidance as it was at the moment; undefined before it was published. */
export function guidanceAt(
  { _id: id, versions, retired, revision }: Stored<GuidanceRow>,
  { asOf }: Pick<Moment, 'asOf'>,
): GuidanceType | undefined {
  const current = entryAt(versions, asOf);
  if (!current) return undefined;
  const { number, names: name, reason: _, ...content } = current.value;
  return {
    ...content,
    id,
    name,
    version: number,
    since: current.effectiveAt,
    versions: versions.filter(isThen(asOf)).map(versionType),
    ...(retired &&
      isThen(asOf)(retired) && {
        retired: retired.effectiveAt,
        retiredReason: retired.value.reason,
        ...(retired.value.replacedBy && { replacedBy: retired.value.replacedBy }),
      }),
    revision: new StreamRevision(`guidance-${id}`, revision),
  };
}

/** The structure as it was at the moment; undefined where there is nothing of it that the reader may see. */
export function supportStructureAt(
  row: Stored<SupportStructureRow>,
  moment: Moment,
  seesDrafts: boolean,
): SupportStructureType | undefined {
  const { asOf } = moment;
  const adopted = entryAt(row.versions, asOf);
  const draft = seesDrafts && !row.isDraftAdopted && isThen(asOf)(row.draft) ? row.draft.value : undefined;
  const shown = adopted?.value ?? draft;
  if (!shown) return undefined;
  const {
    kind,
    names,
    text,
    coAuthors,
  }: { kind: SupportStructureKind; names: LocalizedText; text: LocalizedText; coAuthors: readonly string[] } = shown;
  return {
    id: row._id,
    kind,
    names,
    text,
    ...(adopted && { adopted: adopted.effectiveAt }),
    versions: row.versions
      .filter(isThen(asOf))
      .map(({ value, effectiveAt }) => ({ version: value.version, names: value.names, text: value.text, adopted: effectiveAt })),
    ...(draft && { draft }),
    revision: new StreamRevision(`guidance-${row._id}`, row.revision),
    moment,
    coAuthorIds: coAuthors,
  };
}

function versionType({ value: { names: name, ...content }, effectiveAt: since, recordedAt }: Dated<GuidanceVersion>): GuidanceVersionType {
  return { ...content, name, since, recordedAt };
}
