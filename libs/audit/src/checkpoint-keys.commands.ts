import { Command } from '#kernel/decider';

/** An operator has another key sign the checkpoints from now on. Sent by the tools, never through the API. */
export class RotateCheckpointKey extends Command {
  from!: string;
  to!: string;
  statement!: string;
}
