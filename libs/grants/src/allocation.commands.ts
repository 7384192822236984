import { Command } from '#kernel/decider';
import { CentsField, CommandInput, YearField, DayField, KeyField, TextField, WhenField } from '#edge/fields';

@CommandInput('Reserves money for the grants of a call.')
export class SetAppropriation extends Command {
  @KeyField()
  call!: string;

  @CentsField()
  amount!: number;

  @TextField({ max: 100, optional: true })
  budgetItem?: string;

  @YearField({ optional: true, description: 'The budget year.' })
  year?: number;

  @DayField({ optional: true, description: 'The last day on which it can be used.' })
  lapses?: string;
}

@CommandInput('Changes the money reserved for the grants of a call.')
export class AdjustAppropriation extends Command {
  @KeyField()
  call!: string;

  @CentsField({ description: 'The whole amount as it is from then on.' })
  amount!: number;

  @TextField({ max: 2_000 })
  reason!: string;

  @WhenField({ optional: true, description: 'From when; now without it.' })
  effectiveAt?: string;
}
