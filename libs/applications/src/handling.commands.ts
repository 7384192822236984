import {
  CentsField,
  ChoiceField,
  CommandInput,
  CountField,
  DayField,
  KeyField,
  MatterField,
  ObjectField,
  TextField,
  TextsField,
} from '#edge/fields';
import { graphqlEnum } from '#edge/graphql-enum';
import { Command } from '#kernel/decider';
import { ApplicationContentInput, ArrivalInput } from './application.commands.js';
import { decisionOutcomes, type DecisionOutcome } from './application.events.js';

export const DecisionOutcomeEnum = graphqlEnum('DecisionOutcome', decisionOutcomes, 'What a decision on an application comes to.');

@CommandInput('Asks the applicant to supplement the application by the end of a day.')
export class RequestSupplement extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'An id of the request, new in this application.' })
  supplement!: string;

  @TextField({ description: 'What is asked for.' })
  asks!: string;

  @DayField({ description: 'The last day, all of it in Helsinki.' })
  due!: string;
}

@CommandInput('Answers a supplement request. After its due day it is recorded as late, and the application stays as it was.')
export class SupplementApplication extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'The applicant.' })
  organisation!: string;

  @KeyField({ description: 'The request that it answers.' })
  supplement!: string;

  @TextField({ optional: true })
  text?: string;

  @ObjectField(() => ApplicationContentInput, {
    optional: true,
    description: 'The new content of the application, all of it, where it changes.',
  })
  content?: ApplicationContentInput;

  @ObjectField(() => ArrivalInput, { optional: true })
  arrival?: ArrivalInput;
}

@CommandInput('Asks the applicant to be heard on something by the end of a day.')
export class OpenHearing extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'An id of the hearing, new in this application.' })
  hearing!: string;

  @TextField({ description: 'What the applicant is heard on.' })
  concerns!: string;

  @DayField({ description: 'The last day, all of it in Helsinki.' })
  due!: string;
}

@CommandInput('Gives the applicant’s statement in a hearing. After its due day it is recorded as late.')
export class GiveStatement extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'The applicant.' })
  organisation!: string;

  @KeyField()
  hearing!: string;

  @TextField()
  text!: string;

  @ObjectField(() => ArrivalInput, { optional: true })
  arrival?: ArrivalInput;
}

@CommandInput('Records that a person may not handle an application: neither assess, present, decide nor inspect it.')
export class RecordDisqualification extends Command {
  @MatterField()
  application!: string;

  @KeyField({ optional: true, description: 'The id by which events name the person; the sender without it.' })
  person?: string;

  @TextField({ max: 2_000, description: 'Seen by those who handle the application; sealed under the person’s key.' })
  grounds!: string;
}

@CommandInput('Assesses a submitted application by a criterion of the call, once the call has closed.')
export class AssessApplication extends Command {
  @MatterField()
  application!: string;

  @KeyField()
  criterion!: string;

  @CountField({ max: 100, description: 'From 0 to 100.' })
  score!: number;

  @TextField()
  grounds!: string;
}

@CommandInput('Proposes a decision, and locks the application until it is decided or the proposal is withdrawn.')
export class ProposeDecision extends Command {
  @MatterField()
  application!: string;

  @ChoiceField(DecisionOutcomeEnum)
  outcome!: DecisionOutcome;

  @CentsField({
    optional: true,
    description: 'Of a grant: not more than is applied for, nor than the largest share of the eligible costs.',
  })
  amount?: number;

  @TextField()
  grounds!: string;

  @TextsField()
  conditions!: string[];
}

@CommandInput('Withdraws the proposal of a decision, so that the application can change again.')
export class WithdrawDecisionProposal extends Command {
  @MatterField()
  application!: string;

  @TextField({ max: 2_000 })
  reason!: string;
}
