import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Codec } from '#event-store/codec';
import { commandEvents } from '#event-store/command.events';
import { CommandHandler } from '#event-store/handle';
import { KeysInMemory, sent } from '#event-store/handle.testing';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { ManualClock } from '#kernel/clock.testing';
import type { Command } from '#kernel/decider';
import type { AnyProcess } from '#kernel/process';
import type { HandedOver, Message } from '#engines/messenger';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { scansInThread } from '#views/past/prefix-scans.testing';
import type { ProcessCommand } from '#processes/process-runner';
import { ProjectionRunner } from '#views/run/projection-runner';
import { Delivery } from './delivery.service.js';
import * as mailboxCommands from './mailbox.commands.js';
import { mailbox } from './mailbox.decider.js';
import { mailboxEvents } from './mailbox.events.js';
import { mailboxes } from './mailboxes.projection.js';
import * as notificationCommands from './notification.commands.js';
import { notification } from './notification.decider.js';
import { notificationEvents } from './notification.events.js';
import { reminders, type ReminderRow } from './reminders.projection.js';

const accepted: HandedOver = { outcome: 'accepted', channel: 'email', messageId: '<n@kuvitteellinen.example>' };
const failed: HandedOver = { outcome: 'failed', trouble: 'timed-out' };
const refused: HandedOver = { outcome: 'refused', trouble: 'answered-550' };
const unknown: HandedOver = { outcome: 'unknown', trouble: 'connection-lost' };

/** Where the machine stops: before or after a command is recorded, or before or after the message is handed over. */
const killPoints = [
  'before StartSending',
  'after StartSending',
  'before the message',
  'after the message',
  'before RecordSending',
  'after RecordSending',
] as const;
type KillPoint = (typeof killPoints)[number];

/** A system with nothing in it but notifications, which can be stopped anywhere and started again. */
class Post {
  readonly folder = mkdtempSync(join(tmpdir(), 'delivery-'));
  readonly keys = new KeysInMemory();
  readonly handedOver: Message[] = [];
  readonly troubles: string[] = [];
  clock = new ManualClock('2026-10-08T06:00:00Z');
  /** What the messenger answers next. */
  answer: () => HandedOver = () => accepted;
  killAt: KillPoint | undefined;
  /** What says which notifications are wanted still. */
  processes: readonly AnyProcess[] = [];
  private isDead = false;
  private death = Promise.withResolvers<void>();
  private readonly report = (trouble: string) => void this.troubles.push(trouble);
  private readonly codec = new Codec([notificationEvents, mailboxEvents, commandEvents], this.keys);
  private readonly log = SqliteEventLog.open(join(this.folder, 'log.db'));
  private readonly handler = new CommandHandler({
    log: this.log,
    codec: this.codec,
    clock: { now: () => this.clock.now() },
    hashKey: randomBytes(32),
  });
  views!: ProjectionRunner;
  delivery!: Delivery;

  async start(): Promise<void> {
    this.revive();
    const parts = { log: this.log, codec: this.codec, clock: this.clock, projections: [reminders, mailboxes] };
    this.views = await ProjectionRunner.start({
      ...parts,
      store: new EmbeddedViewStore(),
      scans: scansInThread(parts),
      report: this.report,
    });
    this.delivery = await this.startDelivery();
    await this.settled();
  }

  startDelivery(): Promise<Delivery> {
    const messenger = { deliver: (message: Message) => this.deliver(message) };
    return Delivery.start({
      runner: this.views,
      codec: this.codec,
      clock: this.clock,
      messenger,
      address: undefined,
      bank: undefined,
      processes: this.processes,
      successors: () => Promise.resolve([]),
      send: (command) => this.send(command),
      report: this.report,
    });
  }

  revive(): void {
    this.killAt = undefined;
    this.isDead = false;
    this.death = Promise.withResolvers();
  }

  async stop(): Promise<void> {
    await this.delivery.stop();
    await this.views.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async end(): Promise<void> {
    await this.stop();
    await this.log.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Sets the clock and lets what has come due be done. */
  async at(time: string): Promise<void> {
    this.clock.set(time);
    await new Promise(setImmediate);
    await this.settled();
  }

  /** A command of somebody's, followed by what the delivery does about it. */
  async command<C extends Command>(type: new () => C, content: Omit<C, 'context'>): Promise<void> {
    const { position } = await this.handle(sent(type, content));
    await this.views.reached(position, ['reminders', 'mailboxes']);
    await new Promise(setImmediate);
    await this.settled();
  }

  request(id: string, region: '19' | '18' = '19'): Promise<void> {
    const content = {
      notification: id,
      kind: 'call-applications-end' as const,
      region,
      about: 'call-c',
      call: 'c',
      name: { fi: 'Kuvitteellinen haku', sv: 'En påhittad utlysning' },
    };
    return this.command(notificationCommands.RequestNotification, {
      ...content,
      deadline: '2026-10-15T13:15:00.000Z',
      until: '2026-10-14T05:59:59.999Z',
    });
  }

  name({
    region = '19',
    address = 'digituki@kuvitteellinen.example',
    languages = ['fi', 'sv'],
  }: { region?: '19' | '18'; address?: string; languages?: ('fi' | 'sv' | 'en')[] } = {}): Promise<void> {
    return this.command(mailboxCommands.NameMailbox, { region, address, languages });
  }

  async happened(id: string): Promise<readonly string[]> {
    return (await this.log.readStream(`notification-${id}`)).map(({ type }) => type.replace('Notification', ''));
  }

  async last(id: string): Promise<object> {
    return (await this.views.rows<ReminderRow>(reminders).get(id))?.sending.at(-1)?.value as object;
  }

  async settled(): Promise<void> {
    for (let position: string | undefined; position !== (await this.log.head());) {
      position = await this.log.head();
      await this.views.reached(position, ['reminders', 'mailboxes']);
      await new Promise(setImmediate);
      await Promise.race([this.delivery.idle(), this.death.promise]);
    }
  }

  private async send({ commandId, command: { type, content } }: ProcessCommand) {
    this.stopAt(`before ${type}` as KillPoint);
    const classes: Record<string, new () => Command> = { ...notificationCommands };
    const receipt = await this.handle(
      sent(classes[type] as new () => Command, content, { commandId, actor: { id: 'process', role: 'process' } }),
    );
    this.stopAt(`after ${type}` as KillPoint);
    return receipt;
  }

  private handle(command: Command) {
    return this.handler.handle(command.constructor.name in mailboxCommands ? mailbox : notification, command);
  }

  private async deliver(message: Message): Promise<HandedOver> {
    this.stopAt('before the message');
    this.handedOver.push(message);
    this.stopAt('after the message');
    return this.answer();
  }

  /** What is dead does nothing more. A machine that is killed does not even fail: what it was about to do is only never done. */
  private stopAt(point: KillPoint): void {
    if (this.killAt === point) this.isDead = true;
    if (this.isDead) this.death.resolve();
    if (this.isDead) throw new Error('killed');
  }
}

describe('the delivery of a notification', () => {
  let post: Post;
  beforeEach(async () => {
    post = new Post();
    await post.start();
  });
  afterEach(() => post.end());

  it('happens once, in the languages of the mailbox, and is recorded with its Message-ID', async () => {
    await post.name({ languages: ['sv', 'en'] });
    await post.request('n');
    expect(await post.happened('n')).toEqual(['Requested', 'SendingStarted', 'Sent']);
    expect(await post.last('n')).toMatchObject({ stage: 'sent', attempt: 1, messageId: '<n@kuvitteellinen.example>' });
    expect(post.handedOver).toMatchObject([
      {
        id: 'n',
        to: 'digituki@kuvitteellinen.example',
        subject: expect.stringMatching(/^Påminnelse: .+ 15\.10\.2026 kl\. 16\.15 \/ Reminder: /),
      },
    ]);
    await post.restart();
    await post.at('2026-11-01');
    expect(post.handedOver).toHaveLength(1);
  });

  it('does not happen when the rows are folded anew', async () => {
    await post.name();
    await post.request('n');
    await post.request('other', '18');
    for await (const _ of post.views.rebuild('reminders'));
    for await (const _ of post.views.rebuild('mailboxes'));
    await post.at('2026-10-09');
    expect(post.handedOver).toMatchObject([{ id: 'n' }]);
    await post.name({ region: '18' });
    expect(post.handedOver).toMatchObject([{ id: 'n' }, { id: 'other' }]);
  });

  it('happens once though two deliver at the same time', async () => {
    const another = await post.startDelivery();
    await post.name();
    for (let times = 0; times < 20; times++) await post.request(`n${times}`);
    await another.idle();
    await another.stop();
    expect(post.handedOver.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, times) => `n${times}`));
  });

  it('waits for a mailbox, and happens when one is named in time', async () => {
    await post.request('n');
    await post.request('other', '18');
    expect(post.handedOver).toEqual([]);
    await post.restart();
    await post.name();
    expect(post.handedOver).toMatchObject([{ id: 'n' }]);
    await post.at('2026-10-14T06:00:00Z');
    expect(await post.happened('other')).toEqual(['Requested', 'GivenUp']);
    expect(await post.last('other')).toMatchObject({ stage: 'given-up', trouble: 'no-mailbox' });
  });

  it('does not happen to a mailbox that was removed, or whose address was forgotten', async () => {
    await post.name();
    await post.command(mailboxCommands.RemoveMailbox, { region: '19' });
    await post.request('removed');
    await post.name();
    expect(post.handedOver).toMatchObject([{ id: 'removed' }]);
    post.keys.keys.clear();
    await post.request('forgotten');
    expect(await post.happened('forgotten')).toEqual(['Requested']);
  });

  it('is tried again after what failed, at the same times whatever is restarted', async () => {
    post.answer = () => failed;
    await post.name();
    await post.request('n');
    expect(await post.last('n')).toEqual({ stage: 'waiting', attempt: 1, trouble: 'timed-out', next: '2026-10-08T06:01:00.000Z' });
    await post.restart();
    await post.at('2026-10-08T06:00:59.999Z');
    expect(post.handedOver).toHaveLength(1);
    await post.at('2026-10-08T06:01:00.000Z');
    expect(await post.last('n')).toMatchObject({ attempt: 2, next: '2026-10-08T06:03:00.000Z' });
    await post.name({ address: 'uusi@kuvitteellinen.example' });
    expect(post.handedOver).toHaveLength(2);
    await post.restart();
    post.answer = () => accepted;
    await post.at('2026-10-08T06:03:00.000Z');
    expect(await post.happened('n')).toEqual([
      'Requested',
      'SendingStarted',
      'Failed',
      'SendingStarted',
      'Failed',
      'SendingStarted',
      'Sent',
    ]);
    expect(post.handedOver.map(({ id, to }) => [id, to.split('@')[0]])).toEqual([
      ['n', 'digituki'],
      ['n', 'digituki'],
      ['n', 'uusi'],
    ]);
  });

  it('is given up where it is refused for good, until somebody decides otherwise', async () => {
    post.answer = () => refused;
    await post.name();
    await post.request('n');
    await post.restart();
    await post.at('2026-10-09');
    expect([await post.last('n'), post.handedOver.length]).toEqual([{ stage: 'given-up', attempt: 1, trouble: 'answered-550' }, 1]);
    post.answer = () => accepted;
    await post.command(notificationCommands.ResendNotification, { notification: 'n', reason: 'Osoite korjattu' });
    expect([await post.last('n'), post.handedOver.length]).toMatchObject([{ stage: 'sent', attempt: 2 }, 2]);
  });

  it.each([
    ['does not know', () => unknown],
    [
      'breaks',
      () => {
        throw new Error('a fault of the messenger');
      },
    ],
  ])('is in doubt where the messenger %s, and not repeated without a decision', async (_, answer) => {
    post.answer = answer;
    await post.name();
    await post.request('n');
    await post.restart();
    await post.at('2026-10-09');
    expect([await post.last('n'), post.handedOver.length]).toMatchObject([{ stage: 'uncertain', attempt: 1 }, 1]);
    post.answer = () => accepted;
    await post.command(notificationCommands.ResendNotification, { notification: 'n', reason: 'Vastaanottaja ei saanut sitä' });
    expect([await post.last('n'), post.handedOver.length]).toMatchObject([{ stage: 'sent', attempt: 2 }, 2]);
  });

  it.each([
    ['before StartSending', 1, 'sent'],
    ['after StartSending', 0, 'uncertain'],
    ['before the message', 0, 'uncertain'],
    ['after the message', 1, 'uncertain'],
    ['before RecordSending', 1, 'uncertain'],
    ['after RecordSending', 1, 'sent'],
  ] as const)('killed %s and started again, has handed the message over %d times and is %s', async (point, times, stage) => {
    post.killAt = point;
    await post.name();
    await post.request('n');
    for (let restarts = 0; restarts < 50; restarts++) await post.restart();
    await post.at('2026-10-09');
    expect([post.handedOver.length, await post.last('n')]).toMatchObject([times, { stage }]);
  });

  it('never hands one attempt over twice, wherever it is killed and whatever the messenger answers', async () => {
    const life = fc.array(
      fc.tuple(fc.option(fc.constantFrom(...killPoints), { nil: undefined }), fc.constantFrom(accepted, failed, refused, unknown)),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(life, async (days) => {
        const own = new Post();
        await own.start();
        try {
          await own.name();
          for (const [index, [killAt, answer]] of days.entries()) {
            own.killAt = killAt;
            own.answer = () => answer;
            if (index === 0) await own.request('n');
            else await own.at(`2026-10-08T${String(6 + index).padStart(2, '0')}:00:00Z`);
            await own.restart();
          }
          const happened = await own.happened('n');
          expect(own.handedOver.length).toBeLessThanOrEqual(happened.filter((type) => type === 'SendingStarted').length);
          expect(happened.slice(0, -1)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(Sent|GivenUp|Uncertain)$/)]));
        } finally {
          await own.end();
        }
      }),
      { numRuns: 50 },
    );
  }, 300_000);

  it('is recorded late where the log could not be written, and not repeated', async () => {
    await post.request('n');
    post.killAt = 'before RecordSending';
    await post.name();
    expect([await post.last('n'), post.handedOver.length]).toMatchObject([{ stage: 'sending' }, 1]);
    post.revive();
    await post.at('2026-10-08T06:00:01Z');
    expect([await post.last('n'), post.handedOver.length]).toMatchObject([{ stage: 'sent' }, 1]);
    expect(post.troubles).toEqual(['what came of a notification could not be recorded']);
  });

  it('is left to another process also while the log cannot be written, and is uncertain there', async () => {
    await post.request('n');
    post.killAt = 'before RecordSending';
    await post.name();
    await post.delivery.left(reminders.name);
    post.revive();
    await post.delivery.taken(reminders.name);
    await post.settled();
    expect([await post.last('n'), post.handedOver.length]).toMatchObject([{ stage: 'uncertain' }, 1]);
  });
});
