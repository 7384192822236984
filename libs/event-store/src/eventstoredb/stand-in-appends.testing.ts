import { status, type sendUnaryData, type ServerDuplexStream, type ServerReadableStream } from '@grpc/grpc-js';
import streams, {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  batchError,
  batchSuccess,
  leaderIs,
  nameOf,
  notHandled,
  proposed,
  streamDeleted,
  tooLong,
  unarySuccess,
  unaryWrong,
} from './stand-in-messages.testing.js';
import { isForLeader, type StandInNode } from './stand-in-node.testing.js';
import type { Expected, Outcome, Proposed } from './stand-in-store.testing.js';

export type BatchAppending = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
export type Appending = ServerReadableStream<AppendReq, AppendResp>;

/** An append that waits for the next transaction. */
interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
  readonly answer: (outcome: Outcome) => void;
}

/** How a stand-in takes in appends, writes and answers them. */
export class StandInAppends {
  private waiting: Waiting[] = [];
  /** What was taken in and is not answered yet. */
  private underWay: Waiting[] = [];

  constructor(private readonly node: StandInNode) {}

  /** Appends one after another in one call. */
  batchAppend(call: BatchAppending): void {
    const { node } = this;
    const begun = new Map<string, { request: BatchAppendReq; events: Proposed[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const id = correlation?.getString() ?? '';
      const one = begun.get(id) ?? { request, events: [] };
      begun.set(id, one);
      one.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal()) return;
      begun.delete(id);
      // The call stands also where the node does not lead: the first append ends it, with all that waits in it.
      if (node.leaderPort === 'unknown')
        return void call.write(new streams.BatchAppendResp().setCorrelationId(correlation).setError(notHandled()));
      if (node.leaderPort !== undefined && isForLeader(call)) return void call.emit('error', leaderIs(node.leaderPort));
      const options = one.request.getOptions() as BatchAppendReq.Options;
      const identifier = options.getStreamIdentifier();
      const expected = expectedPosition(options);
      this.append(nameOf(identifier), expected, one.events, (outcome) => {
        const answer = new streams.BatchAppendResp().setCorrelationId(correlation).setStreamIdentifier(identifier);
        call.write(outcome.is === 'success' ? answer.setSuccess(batchSuccess(outcome)) : answer.setError(batchError(outcome, expected)));
      });
    });
    call.on('end', () => call.end());
    call.on('error', () => {});
  }

  /** One append in a call of its own. */
  unaryAppend(call: Appending, answer: sendUnaryData<AppendResp>): void {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposed(message));
    });
    call.on('end', () => {
      const expected = expectedRevision(options);
      const stream = nameOf(options?.getStreamIdentifier());
      this.append(stream, expected, events, (outcome) => {
        if (outcome.is === 'deleted') answer(streamDeleted(stream));
        else if (outcome.is === 'timeout') answer({ code: status.ABORTED, details: 'Timeout' });
        else if (outcome.is === 'too-long') answer(tooLong());
        else if (outcome.is === 'bad-request') answer({ code: status.INVALID_ARGUMENT, details: outcome.message });
        else answer(null, outcome.is === 'success' ? unarySuccess(outcome) : unaryWrong(outcome.actual, expected));
      });
    });
  }

  /** Forgets what was taken in and is not written, as who dies does. */
  clear(): void {
    this.waiting = [];
    this.underWay = [];
  }

  /** Gathers what is appended at the same time into one transaction. */
  private append(stream: string, expected: Expected, events: readonly Proposed[], answer: Waiting['answer']): void {
    if (!this.node.message()) return;
    // The server that this stands in for takes the same append no second time while the first is under way.
    const [first] = events;
    if (this.underWay.some((one) => one.stream === stream && one.events[0]?.id === first?.id))
      return void setTimeout(() => answer({ is: 'timeout' }), this.node.requestTimeoutMs).unref();
    const done = (outcome: Outcome) => {
      this.underWay = this.underWay.filter((one) => one.answer !== done);
      answer(outcome);
    };
    this.underWay.push({ stream, expected, events, answer: done });
    this.waiting.push({ stream, expected, events, answer: done });
    if (this.waiting.length === 1) setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    const { node } = this;
    if (!node.message()) return;
    await node.turn();
    const group = this.waiting.splice(0);
    if (group.length === 0 || !node.store) return;
    const outcomes: Outcome[] = [];
    if (node.dieAt === 'before-commit') return this.die();
    node.store.inTransaction(() =>
      outcomes.push(...group.map(({ stream, expected, events }) => node.log.append(stream, expected, events))),
    );
    if (node.dieAt === 'after-commit') return this.die();
    node.message();
    await node.thawing();
    if (!node.store) return;
    for (const [index, outcome] of outcomes.entries()) group[index]?.answer(outcome);
    node.wake();
  }

  private die(): void {
    this.node.dieAt = undefined;
    this.node.stop();
  }
}

function expectedPosition(options: BatchAppendReq.Options): Expected {
  const { STREAM_POSITION, NO_STREAM, ANY } = streams.BatchAppendReq.Options.ExpectedStreamPositionCase;
  const kind = options.getExpectedStreamPositionCase();
  if (kind === STREAM_POSITION) return Number(options.getStreamPosition());
  if (kind === NO_STREAM) return -1;
  return kind === ANY ? 'any' : 'exists';
}

function expectedRevision(options: AppendReq.Options | undefined): Expected {
  const { REVISION, NO_STREAM, ANY } = streams.AppendReq.Options.ExpectedStreamRevisionCase;
  const kind = options?.getExpectedStreamRevisionCase();
  if (kind === REVISION) return Number(options?.getRevision());
  if (kind === NO_STREAM) return -1;
  return kind === ANY ? 'any' : 'exists';
}
