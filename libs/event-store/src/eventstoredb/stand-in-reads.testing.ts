import { once } from 'node:events';
import { status, type ServerWritableStream } from '@grpc/grpc-js';
import streams, { type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { eventResponse, fitsOf, leaderIs, nameOf, noPlace, placeOf, streamDeleted } from './stand-in-messages.testing.js';
import { isForLeader, type StandInNode } from './stand-in-node.testing.js';
import type { Stored } from './stand-in-store.testing.js';

export type Reading = ServerWritableStream<ReadReq, ReadResp>;

/** How a stand-in answers who reads a stream or the log, and who subscribes. */
export class StandInReads {
  constructor(private readonly node: StandInNode) {}

  async read(call: Reading): Promise<void> {
    const { node } = this;
    if (!node.message()) return;
    await node.thawing();
    const options = call.request.getOptions() as ReadReq.Options;
    if (options.hasSubscription()) return this.subscription(call, options);
    const isBackwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const count = Number(options.getCount());
    let rows: Iterable<Stored>;
    const stream = options.getStream();
    if (stream) {
      const name = nameOf(stream.getStreamIdentifier());
      if (count === 0) return void call.emit('error', { code: status.UNKNOWN, details: 'Unexpected ReadStreamResult: Error' });
      if (node.log.isDeleted(name)) return void call.emit('error', streamDeleted(name));
      if (node.log.head(name) === -1 || node.log.isSoftlyDeleted(name)) {
        const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(stream.getStreamIdentifier());
        call.write(new streams.ReadResp().setStreamNotFound(notFound));
        return void call.end();
      }
      rows = node.log.stream(name, stream.hasRevision() ? Number(stream.getRevision()) : undefined, isBackwards);
    } else {
      const from = placeOf(options);
      if (from !== undefined && !node.log.isPlace(from)) return void call.emit('error', noPlace(node.options.callsPositionsInvalid));
      rows = node.log.all(from, isBackwards, fitsOf(options));
    }
    const hidden = node.readsBehind > 0 ? node.log.lastPosition : undefined;
    if (hidden !== undefined) node.readsBehind -= 1;
    let given = 0;
    for (const row of rows) {
      if (call.cancelled || given === count) break;
      if (row.position === hidden) continue;
      given += 1;
      node.message();
      await node.thawing();
      if (!node.store) return;
      if (node.leaderPort !== undefined && isForLeader(call)) return void call.emit('error', leaderIs(node.leaderPort));
      await written(call, eventResponse(row));
    }
    call.end();
  }

  private async subscription(call: Reading, options: ReadReq.Options): Promise<void> {
    const { node } = this;
    let after = placeOf(options) ?? -1;
    if (after >= 0 && !node.log.isPlace(after)) throw new Error('no record begins there');
    await written(
      call,
      new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID())),
    );
    let hasCaughtUp = false;
    const fits = fitsOf(options);
    while (node.store && !call.cancelled) {
      await node.turn();
      const { promise: more } = node.appended;
      if (!node.isMute) {
        for (const row of node.store?.all(after + 1, false, fits) ?? []) {
          if (call.cancelled || !node.store) return;
          after = row.position;
          await written(call, eventResponse(row));
          if (--node.dieAfterEvents <= 0) {
            node.dieAfterEvents = Infinity;
            node.stop();
            return;
          }
        }
        if (!hasCaughtUp && node.options.saysCaughtUp !== false)
          await written(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
        hasCaughtUp = true;
      }
      await Promise.race([more, goneOf(call)]);
    }
  }
}

const gone = new WeakMap<Reading, Promise<unknown>>();
/** Resolves when the reader has gone. */
function goneOf(call: Reading): Promise<unknown> {
  let one = gone.get(call);
  if (!one) gone.set(call, (one = new Promise((resolve) => call.once('cancelled', resolve))));
  return one;
}

async function written(call: Reading, response: ReadResp): Promise<void> {
  if (!call.write(response) && !call.cancelled) await Promise.race([once(call, 'drain'), goneOf(call)]);
}
