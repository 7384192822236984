import { Command } from '#kernel/decider';

/** An operator has a paused projection leave out the event that it cannot fold. Sent by the tools, never through the API. */
export class SkipEvent extends Command {
  projection!: string;
  event!: string;
  stream!: string;
  revision!: number;
  reason!: string;
}
