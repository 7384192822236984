import { CommandInput, CountField, KeyField, MattersField, TextField } from '#edge/fields';
import { Command } from '#kernel/decider';

@CommandInput('Compares the applications that are proposed to be granted as a whole.')
export class CompareSelection extends Command {
  @KeyField()
  call!: string;

  @MattersField({ description: 'The applications that make up the whole.' })
  applications!: string[];

  @TextField()
  breadth!: string;

  @TextField()
  diversity!: string;

  @TextField()
  complementarity!: string;

  @CountField({ description: 'The inhabitants that they reach together.' })
  inhabitants!: number;
}
