import { Inject, type Type } from '@nestjs/common';
import { ArgsType, Args, Context, Field, Mutation, ObjectType, Resolver, registerEnumType } from '@nestjs/graphql';
import { CommandBus } from '@nestjs/cqrs';
import { actingRole, roles, type Role, type Scope } from '#access/policy';
import { fail, notPermitted } from '#access/tokens';
import type { Receipt } from '#event-store/handle';
import { inContext, type Command } from '#kernel/decider';
import type { Caller } from '#access/tokens';
import { askedIn } from './asked.js';
import { aboutFields } from './labels.js';
import { commandClasses, saidOf, type CommandClass } from './commands.js';
import type { RequestContext } from './request-context.js';
import { PositionScalar, RevisionScalar, UuidScalar } from './scalars.js';
import { validated } from './validation.js';

enum Effect {
  RECORDED = 'recorded',
  NONE = 'none',
}
export const EffectEnum = Effect;
registerEnumType(Effect, {
  name: 'Effect',
  description: 'What a command did.',
  valuesMap: { RECORDED: { description: 'Its events are in the log.' }, NONE: { description: 'It was so already.' } },
});

@ObjectType('Receipt', { description: 'What a command came to. The same command id is always answered with the same receipt.' })
export class ReceiptType implements Receipt {
  @Field(() => UuidScalar)
  commandId!: string;

  @Field(() => Effect)
  effect!: Receipt['effect'];

  @Field(() => UuidScalar, { description: 'The id of the log that the position is of.' })
  log!: string;

  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar, { description: 'Of the stream after the command, counting what you may see.' })
  revision!: number;

  @Field(() => PositionScalar, { description: 'Give it as `after` to a query, to see there what the command did.' })
  position!: string;

  @Field(() => [UuidScalar])
  eventIds!: string[];
}

@ArgsType()
class CommandArgs {
  @Field(() => UuidScalar, {
    description: 'Chosen by the client, one for each command. Sent again, the command is not done again: the first answer comes back.',
  })
  commandId!: string;

  @Field(() => RevisionScalar, {
    nullable: true,
    description: 'The revision that you have read. If it has changed since, the command is refused and you are told what changed.',
  })
  expectedRevision?: number;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'The position that the person’s screen showed; it is kept with the decision.',
  })
  seenPosition?: string;
}

@ArgsType()
class EditArgs extends CommandArgs {
  @Field(() => RevisionScalar, {
    description:
      'The revision that you have read: others may edit the same. If it has changed since, nothing is recorded and you are told what changed.',
  })
  declare expectedRevision: number;
}

/**
 * The mutations of a context: `PlanCall` is sent by the mutation `planCall`. Each checks who may, validates, and hands the
 * command to the CommandBus. Commands that no role of a token admits get none.
 */
export function commandMutations(module: Readonly<Record<string, unknown>>): Type<unknown> {
  @Resolver()
  class Mutations {
    constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

    protected send(type: CommandClass, args: CommandArgs, input: object, context: RequestContext): Promise<Receipt> {
      return sendCommand(this.bus, type, args, input, context);
    }
  }

  for (const type of commandClasses(module)) {
    const says = saidOf(type);
    if (!says?.by.some(isOfTokens)) continue;
    const name = mutationName(type);
    const args = says.isEdit ? EditArgs : CommandArgs;
    const method = function (this: Mutations, args: CommandArgs, input: object, context: RequestContext) {
      return this['send'](type, args, input, context);
    };
    Object.defineProperty(Mutations.prototype, name, { value: method, configurable: true, writable: true });
    Reflect.defineMetadata('design:paramtypes', [args, type, Object], Mutations.prototype, name);
    Args()(Mutations.prototype, name, 0);
    Args('input', { type: () => type })(Mutations.prototype, name, 1);
    Context()(Mutations.prototype, name, 2);
    const descriptor = Object.getOwnPropertyDescriptor(Mutations.prototype, name) as PropertyDescriptor;
    Mutation(() => ReceiptType, { name, description: says.description })(Mutations.prototype, name, descriptor);
  }
  return Mutations;
}

/** Sends a caller's command: looks whether they may, checks its content, and hands it to the CommandBus. @throws Failed, Refused */
export async function sendCommand(
  bus: CommandBus,
  type: CommandClass,
  { commandId, expectedRevision, seenPosition }: Pick<CommandArgs, 'commandId' | 'expectedRevision' | 'seenPosition'>,
  input: object,
  requested: RequestContext,
): Promise<Receipt> {
  const { caller, request } = requested;
  askedIn(request).commandIds.push(commandId);
  const signedIn = permitted(caller, type, input, (what) =>
    askedIn(request).forbidden.push({ what, command: { type, id: commandId, input } }),
  );
  const { id, name, organisation, region } = signedIn.caller;
  const context = {
    commandId,
    correlationId: request.id,
    caller: name,
    reader: signedIn.caller,
    actor: { id, role: signedIn.role, ...(organisation && { organisation }), ...(region && { region }) },
    // A client may send null for what it leaves out.
    ...(expectedRevision != null && { expectedRevision }),
    ...(seenPosition != null && { seenPosition }),
  };
  const receipt = await validated(type, input)
    .then((command) => bus.execute<Command, Receipt>(inContext(command, context)))
    .catch((error: unknown) => {
      aboutFields(error, saidOf(type)?.fields ?? {});
      throw error;
    });
  return { ...receipt, revision: await requested.revisionOf(receipt) };
}

/** The caller with the role in which they may send the command; where no role permits it, that is told. @throws Failed `sign-in-needed`, `not-permitted` */
function permitted(
  caller: Caller | undefined,
  type: CommandClass,
  input: Scope,
  onForbidden: (what: string) => void,
): { caller: Caller; role: string } {
  if (!caller) throw fail('sign-in-needed');
  const by = saidOf(type)?.by ?? [];
  const role = actingRole(by, caller, input);
  if (role === undefined) {
    const what = mutationName(type);
    onForbidden(what);
    throw notPermitted(what, caller, by.filter(isOfTokens), input);
  }
  return { caller, role };
}

/** Whether a token can give the role. */
function isOfTokens(role: string): boolean {
  return roles.includes(role as Role);
}

export function mutationName({ name }: CommandClass): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
