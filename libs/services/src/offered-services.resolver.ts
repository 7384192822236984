import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import { sendCommand } from '#edge/command-mutations';
import { ErrorMessages } from '#edge/errors';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import type { Receipt } from '#event-store/handle';
import { canonicalJson } from '#kernel/canonical-json';
import { derivedId } from '#kernel/derived-id';
import { CodedError, Refused } from '#kernel/refused';
import { OfferService } from './provider.commands.js';
import { OfferedServicesType, type OfferedServiceLineType } from './offered-services.types.js';
import { readLine, serviceFileTemplate, servicesOfFile } from './service-file.rules.js';

const namespace = 'b7a1a4b8-7a53-5c0e-8a3e-3f1f6f0d2b71';

@Resolver()
export class OfferedServicesResolver {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(ErrorMessages) private readonly messages: ErrorMessages,
  ) {}

  @Cacheable()
  @Query(() => String, {
    description: 'A file of services to fill in, as comma-separated values: the columns, and a line that is an example.',
  })
  servicesTemplate(): string {
    return serviceFileTemplate();
  }

  @Mutation(() => OfferedServicesType, {
    description:
      'Puts the services of a file into the public directory, up to 500 at once, each by a command of its own. What fails is told by line, what stands is kept. The ids of the commands are made of what the lines say: sent again, nothing is done twice. It is public: name no persons.',
  })
  async offerServices(
    @Args('organisation', { type: () => KeyScalar }) organisation: string,
    @Args('file', { type: () => String, description: 'Comma-separated values, as `servicesTemplate` has them.' }) file: string,
    @Context() context: RequestContext,
  ): Promise<OfferedServicesType> {
    const lines: OfferedServiceLineType[] = [];
    const receipts: Receipt[] = [];
    const seen = new Set<string>();
    /** What keeps anything from being recorded, so that nothing more is tried. */
    let stopped: CodedError | undefined;
    for (const told of servicesOfFile(file)) {
      try {
        if (stopped) throw stopped;
        const receipt = await this.offer({ ...readLine(told, seen), organisation }, context);
        receipts.push(receipt);
        lines.push({ line: told.line, service: told.service, effect: receipt.effect });
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        if (!(error instanceof Refused) && error.code !== 'invalid-input') stopped = error;
        lines.push({
          line: told.line,
          service: told.service,
          code: error.code,
          message: this.messages.text(error, context.languages[0] ?? 'en'),
        });
      }
    }
    // Who may not, may none of them: then the file as a whole is refused.
    if (stopped && receipts.length === 0 && seen.size <= 1) throw stopped;
    const recorded = receipts.filter(({ effect }) => effect === 'recorded').length;
    const position = receipts
      .map((receipt) => receipt.position)
      .sort()
      .at(-1);
    return {
      recorded,
      unchanged: receipts.length - recorded,
      failed: lines.length - receipts.length,
      ...(position !== undefined && { position }),
      lines,
    };
  }

  private async offer(content: object, context: RequestContext): Promise<Receipt> {
    const commandId = derivedId(namespace, canonicalJson({ ...content, caller: context.caller?.id ?? '' }));
    return sendCommand(this.bus, OfferService, { commandId }, content, context);
  }
}
