import { Inject } from '@nestjs/common';
import { Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { ProcessRunner, RefusedCommand, Standing, Waiting } from '#processes/process-runner';
import { InstantScalar, UuidScalar } from './scalars.js';

/** Where the processes of the system are found, once they run. */
export abstract class Acting {
  abstract runner(): ProcessRunner | undefined;
}

@ObjectType('WaitingCommand', { description: 'A command that a process will send.' })
class WaitingCommandType implements Waiting {
  @Field(() => String)
  process!: string;

  @Field(() => String, { description: 'What it is about: the key of a stream.' })
  key!: string;

  @Field(() => String)
  command!: string;

  @Field(() => InstantScalar, { description: 'When it will be sent, or tried again.' })
  at!: string;

  @Field(() => Int, { description: 'How often it was tried in vain.' })
  tries!: number;

  @Field(() => String, { nullable: true, description: 'Why it was in vain.' })
  trouble?: string;
}

@ObjectType('RefusedCommand', { description: 'A command of a process that a rule refused.' })
class RefusedCommandType implements RefusedCommand {
  @Field(() => String)
  process!: string;

  @Field(() => String)
  key!: string;

  @Field(() => String)
  command!: string;

  @Field(() => UuidScalar)
  commandId!: string;

  @Field(() => String, { description: 'The stable code of the refusal.' })
  code!: string;

  @Field(() => InstantScalar)
  at!: string;
}

@ObjectType('Processes', { description: 'What the system does by itself.' })
class ProcessesType {
  @Field(() => [WaitingCommandType], { description: 'What is to be done, the next first.' })
  waiting!: readonly Waiting[];

  @Field(() => [RefusedCommandType], { description: 'What rules have refused and is wanted still.' })
  refused!: readonly RefusedCommand[];
}

@Resolver()
export class ProcessesResolver {
  constructor(@Inject(Acting) private readonly acting: Acting) {}

  @Query(() => ProcessesType, { description: 'The processes. For auditors, analysts and presenters.' })
  async processes(): Promise<Standing> {
    return (await this.acting.runner()?.standing()) ?? { waiting: [], refused: [] };
  }
}
