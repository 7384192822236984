import { Catch, Module, type DynamicModule, type ExceptionFilter } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { AuditResolver } from '#audit/audit.resolver';
import { Auditing, ReceiptProofResolver } from '#audit/receipt-proof.resolver';
import { Controls, ControlsResolver } from '#controls/controls.resolver';
import { DecidedAgainResolver, Decisions } from '#controls/decided-again.resolver';
import { DocumentLibrary } from '#documents/document-library';
import { AnswerCache } from '#edge/answer-cache';
import { moduleOf } from '#edge/context-edge';
import { ErrorMessages } from '#edge/errors';
import { Events } from '#edge/events';
import { EventsResolver } from '#edge/events.resolver';
import { graphqlOptions } from '#edge/graphql-options';
import type { Limits } from '#edge/limits';
import { Acting, ProcessesResolver } from '#edge/processes.resolver';
import { ProjectionsResolver } from '#edge/projections.resolver';
import { Views } from '#edge/views';
import { TrailResolver, Trails } from '#trail/trail.resolver';
import { ViewChanges } from '#views/run/view-changes';
import { edges } from '#system/edges';
import { System } from '#system/system';
import { commandHandlers } from './command-handlers.js';

/** Errors go on to the errorFormatter as they are; Nest would log the stack of each. */
@Catch()
class PassOn implements ExceptionFilter {
  catch(error: unknown): unknown {
    return error;
  }
}

@Module({})
export class AppModule {
  /** The GraphQL edge of an opened system. */
  static of(system: System, limits: Limits): DynamicModule {
    return {
      module: AppModule,
      imports: [
        {
          module: AppModule,
          global: true,
          providers: [
            { provide: Views, useValue: system.views },
            { provide: Acting, useValue: { runner: () => system.acting } },
            { provide: Auditing, useValue: { auditor: () => system.auditor, state: () => system.auditState() } },
            { provide: DocumentLibrary, useValue: system.documents },
            { provide: Trails, useValue: { trail: system.trail, reads: system.reads, visible: system.visible, codec: system.codec } },
            { provide: Controls, useValue: system.controls },
            { provide: Decisions, useValue: system.decisions },
            { provide: Events, useValue: system.events },
            { provide: ViewChanges, useValue: system.changes },
            { provide: ErrorMessages, useValue: system.messages },
          ],
          exports: [Views, Acting, Auditing, DocumentLibrary, Trails, Controls, Decisions, Events, ViewChanges, ErrorMessages],
        },
        { ...CqrsModule.forRoot(), global: true },
        GraphQLModule.forRoot(
          graphqlOptions({
            tokens: system.tokens,
            messages: system.messages,
            staleness: () => system.staleness(),
            limits,
            cache: new AnswerCache({
              mostBytes: system.settings.cachedAnswerBytes,
              changeCount: () => system.changeCount,
              clock: system.clock,
            }),
            visible: system.visible,
            onRead: (read) => system.reads.add(read),
            onForbidden: (...attempts) => system.forbidden(...attempts),
          }),
        ),
        ...edges.map(moduleOf),
      ],
      providers: [
        ProjectionsResolver,
        ProcessesResolver,
        EventsResolver,
        ReceiptProofResolver,
        AuditResolver,
        ControlsResolver,
        DecidedAgainResolver,
        TrailResolver,
        { provide: APP_FILTER, useClass: PassOn },
        { provide: System, useValue: system },
        ...commandHandlers(),
      ],
    };
  }
}
