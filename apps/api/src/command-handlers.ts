import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Receipt } from '#event-store/handle';
import type { Command } from '#kernel/decider';
import { deciderOf } from '#system/edges';
import { System } from '#system/system';

/** A handler for each command of each decider: the CommandBus finds them among the providers. */
export function commandHandlers(): readonly Type<ICommandHandler<Command, Receipt>>[] {
  return [...deciderOf.keys()].map((type) => {
    @CommandHandler(type)
    class Handler implements ICommandHandler<Command, Receipt> {
      constructor(@Inject(System) private readonly system: System) {}

      execute(command: Command): Promise<Receipt> {
        return this.system.execute(command);
      }
    }
    return Handler;
  });
}
