import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Draft } from '#documents/document-source';
import { enumOf } from '#edge/graphql-enum';
import { InstantScalar, KeyScalar } from '#edge/scalars';
import { languages, type Language } from '#kernel/localized-text';
import { LanguageCode } from '#kernel/schemas';

@ObjectType('GrantDocument', {
  description: 'A document in a language: made of the events whenever it is asked for, the same bytes each time.',
})
export class GrantDocumentType {
  @Field(() => KeyScalar, { description: 'What it is called in the file of its grant: `decision`, `payment-first`.' })
  document!: string;

  @Field(() => KeyScalar, { description: '`decision`, `correction`, `payment`, `change`, `recovery`, `rectification`.' })
  kind!: string;

  @Field(() => enumOf(LanguageCode))
  language!: Language;

  @Field(() => Boolean, { description: 'Whether the decision was made in another language.' })
  isTranslation!: boolean;

  @Field(() => InstantScalar, { description: 'When what it says was decided.' })
  decidedAt!: string;

  @Field(() => Int, { description: 'The version of its template: the one that was in force then.' })
  templateVersion!: number;

  @Field(() => String, { description: 'Where the PDF is that is notified (PDF/UA-1).' })
  url!: string;

  @Field(() => String, { description: 'Where the PDF for the archive is (PDF/A-2a).' })
  archiveUrl!: string;

  @Field(() => String, { description: 'Where the same is as a page of HTML.' })
  htmlUrl!: string;

  /** Rendered where its hash is asked for. */
  draft!: Draft;
}

/** The document in each language, the authentic one first. */
export function issuedBy(draft: Draft, grant: string): readonly GrantDocumentType[] {
  return [...new Set([draft.language, ...languages])].map((language) => {
    const address = `/documents/${grant}/${draft.document}.${language}`;
    return {
      document: draft.document,
      kind: draft.kind,
      language,
      isTranslation: language !== draft.language,
      decidedAt: draft.at,
      templateVersion: draft.templateVersion,
      url: `${address}.pdf`,
      archiveUrl: `${address}.archive.pdf`,
      htmlUrl: `${address}.html`,
      draft,
    };
  });
}
