import { Inject } from '@nestjs/common';
import { Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { LocalizedTextType } from '#edge/localized-text.type';
import { PositionScalar, RevisionScalar, UuidScalar } from '#edge/scalars';
import type { LocalizedText } from '#kernel/localized-text';
import type { ControlReport, NamedEvent } from './control-pass.js';
import { answerTo, sentenceOf, type Question } from './question.js';

/** Where the questions of the system and their answers are found. */
export abstract class Controls {
  abstract readonly questions: readonly Question[];
  abstract report(): Promise<ControlReport>;
}

@ObjectType('NamedEvent', { description: 'An event, named and not shown.' })
class NamedEventType implements NamedEvent {
  @Field(() => UuidScalar)
  event!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar)
  revision!: number;

  @Field(() => PositionScalar)
  position!: string;
}

@ObjectType('ControlWitness', { description: 'An event at which a rule is broken.' })
class ControlWitnessType extends NamedEventType {
  @Field(() => LocalizedTextType, { description: 'What is wrong with it.' })
  sentence!: LocalizedText;
}

@ObjectType('ControlQuestion', { description: 'A control question with its answer.' })
class ControlQuestionType {
  @Field(() => String)
  key!: string;

  @Field(() => LocalizedTextType, { description: 'What must not be.' })
  title!: LocalizedText;

  @Field(() => LocalizedTextType, { description: 'By what it is judged.' })
  about!: LocalizedText;

  @Field(() => LocalizedTextType, { description: 'How often the rule is broken, in which events up to which position, of which root.' })
  answer!: LocalizedText;

  @Field(() => Int, { description: 'At how many events the rule is broken; 0: at none.' })
  found!: number;

  @Field(() => [ControlWitnessType], { description: 'The first 100 of them, in the order of the log.' })
  witnesses!: readonly ControlWitnessType[];
}

@ObjectType('ControlReport', { description: 'The control questions, put to the whole log as it is stored, past every rule that wrote it.' })
class ControlReportType {
  @Field(() => Int, { description: 'How many events were read.' })
  events!: number;

  @Field(() => PositionScalar, { nullable: true, description: 'Of the last of them.' })
  position?: string;

  @Field(() => String, { description: 'The root of the Merkle tree over them, in base64: what a checkpoint of as many leaves must say.' })
  root!: string;

  @Field(() => [ControlQuestionType])
  questions!: readonly ControlQuestionType[];

  @Field(() => [NamedEventType], {
    description: 'The first 100 events that cannot be read as their types say: of them not every question is answered.',
  })
  unreadable!: readonly NamedEventType[];
}

@Resolver()
export class ControlsResolver {
  constructor(@Inject(Controls) private readonly controls: Controls) {}

  @Query(() => ControlReportType, {
    description: 'Answers the control questions over the whole log, which takes a while in a long one. For auditors.',
  })
  async controlQuestions(): Promise<ControlReportType> {
    const report = await this.controls.report();
    const questions = this.controls.questions.map((question) => {
      const { count = 0, named = [] } = report.witnesses.get(question.key) ?? {};
      const witnesses = named.map((one) => ({ ...one, sentence: sentenceOf(question, one.details) }));
      return { ...question, answer: answerTo(count, report), found: count, witnesses };
    });
    const { events, position, root, unreadable } = report;
    return { events, ...(position !== undefined && { position }), root, questions, unreadable: unreadable.named };
  }
}
