import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Receipt } from '#event-store/handle';
import type { Command } from '#kernel/decider';
import { deciderOf } from '#system/contexts';
import type { System } from '#system/system';

/** Registers one handler with the CommandBus for every command class of every decider. */
export function registerCommands(bus: CommandBus, system: System): void {
  for (const type of deciderOf.keys()) {
    class Handler implements ICommandHandler<Command, Receipt> {
      execute(command: Command): Promise<Receipt> {
        return system.execute(command);
      }
    }
    CommandHandler(type as never)(Handler);
    bus.register([{ metatype: Handler, inject: undefined, instance: new Handler(), isDependencyTreeStatic: () => true } as never]);
  }
}
