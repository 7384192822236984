import { randomUUID } from 'node:crypto';
import type { RunningService, ServiceParts } from '#edge/context-edge';
import type { HandedOver, Message, Messenger } from '#engines/messenger';
import type { Receipt } from '#event-store/handle';
import type { CommandsOf } from '#kernel/decider';
import type { Stored } from '#kernel/projection';
import { instantOf } from '#kernel/helsinki-time';
import { pagesOf } from '#view-store/view-store';
import type { Reactor } from '#views/life/reactors';
import { mailboxes, type MailboxRow } from './mailboxes.projection.js';
import { mailboxKey } from './notification.facts.js';
import { messageText } from './notification.texts.js';
import { reminders, type ReminderRow } from './reminders.projection.js';

interface Waiting {
  readonly mailbox: string;
  /** When to look at it; milliseconds since 1970, as are the others. */
  readonly look: number;
  readonly next: number;
  readonly until: number;
}

/** The commands by which it records what it does. */
export type DeliveryCommands = Pick<
  CommandsOf<typeof import('./notification.commands.js')>,
  'StartSending' | 'RecordSending' | 'GiveUpNotification'
>;
/** What it says in such a command of the notification. */
export type Said<Name extends keyof DeliveryCommands> = Readonly<Omit<DeliveryCommands[Name], 'notification'>>;

/** What it goes by: these are folded on one server. */
export const deliveryViews: readonly string[] = [reminders.name, mailboxes.name];

const pauseMs = 60_000;
const dayMs = 24 * 3_600_000;

type Named = NonNullable<MailboxRow['named'][number]['value']>;

/**
 * Hands each notification to the messenger, at most once for each attempt that was started: the start is in the log before
 * the message leaves, and what was started and has no outcome is not sent again by itself. What is to be sent follows from
 * the rows alone, so that a restart goes on where it was and a rebuild sends nothing.
 */
export class Delivery implements Reactor, RunningService {
  readonly reactsTo = deliveryViews;
  private readonly waiting = new Map<string, Waiting>();
  private silence: () => void = () => undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  /** Aborted where another server takes the reminders over. */
  private leaving = new AbortController();

  private constructor(private readonly parts: ServiceParts) {}

  /** Delivers what is due wherever the reminders are folded here, and goes on as rows change. */
  static async start(parts: ServiceParts): Promise<Delivery> {
    const delivery = new Delivery(parts);
    await parts.runner.attach(delivery);
    return delivery;
  }

  /** Resolves once everything that is due by now has been tried. */
  async idle(): Promise<void> {
    for (let seen; seen !== this.working;) {
      seen = this.working;
      await seen;
    }
  }

  /** Waits for the message that is under way, as long as the messenger takes, and starts no other. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.silence();
    await this.working;
  }

  /** Marks as uncertain what an earlier run, or another server, left half done. */
  async taken(name: string): Promise<void> {
    if (name === mailboxes.name) return this.lookAgain(() => true);
    this.leaving = new AbortController();
    this.waiting.clear();
    for await (const page of pagesOf(this.parts.runner.rows<ReminderRow>(reminders))) {
      for (const row of page)
        if (latest(row)?.stage === 'sending')
          this.working = this.working.then(() => this.record(row, { outcome: 'unknown', trouble: 'stopped-midway' }));
      this.plan(page);
    }
  }

  /** Waits for no log that cannot be written: whoever takes the reminders over marks as uncertain what could not be recorded. */
  async left(name: string): Promise<void> {
    if (name !== reminders.name) return;
    this.leaving.abort();
    this.waiting.clear();
    await this.working;
    this.waiting.clear();
    this.setAlarm();
  }

  folded(name: string, rows: readonly Stored<object>[]): void {
    if (name === reminders.name) this.plan(rows as readonly Stored<ReminderRow>[]);
    if (name !== mailboxes.name) return;
    const named = new Set(rows.map(({ _id }) => _id));
    // The mailbox of an organisation may be that of a successor.
    const isOrganisations = [...named].some((mailbox) => mailbox.startsWith('organisation-'));
    this.lookAgain((mailbox) => named.has(mailbox) || (isOrganisations && mailbox.startsWith('organisation-')));
  }

  private lookAgain(concerns: (mailbox: string) => boolean): void {
    for (const [id, one] of this.waiting) if (concerns(one.mailbox)) this.waiting.set(id, { ...one, look: one.next });
    this.setAlarm();
  }

  private plan(rows: readonly Stored<ReminderRow>[]): void {
    for (const row of rows) {
      const sending = latest(row);
      if (sending?.stage !== 'waiting') {
        this.waiting.delete(row._id);
        continue;
      }
      const next = Date.parse(sending.next);
      this.waiting.set(row._id, { mailbox: row.mailbox, look: next, next, until: Date.parse(row.until) });
    }
    this.setAlarm();
  }

  private setAlarm(): void {
    this.silence();
    const next = [...this.waiting.values()].reduce((first, { look }) => Math.min(first, look), Infinity);
    if (!this.stopping.signal.aborted && next < Infinity) this.silence = this.parts.clock.alarm(next, () => this.work());
  }

  private work(): void {
    this.working = this.working.then(async () => {
      const now = this.parts.clock.now();
      const due = [...this.waiting].filter(([, { look }]) => look <= now).sort(([, a], [, b]) => a.look - b.look);
      for (const [id, one] of due) if (!this.stopping.signal.aborted && this.waiting.get(id) === one) await this.attend(id, one);
      this.setAlarm();
    });
  }

  private async attend(id: string, one: Waiting): Promise<void> {
    this.waiting.delete(id);
    try {
      const isDone = await this.deliver(id, one.until);
      // A successor may step in on any day.
      if (!isDone) this.waiting.set(id, { ...one, look: Math.min(one.until + 1, this.parts.clock.now() + dayMs) });
    } catch (error) {
      this.parts.report('a notification could not be attended to and will be looked at again', {
        notification: id,
        reason: String(error),
      });
      this.waiting.set(id, { ...one, look: this.parts.clock.now() + pauseMs });
    }
  }

  /** False where it has to wait for a mailbox or for its end. */
  private async deliver(id: string, until: number): Promise<boolean> {
    const { address, clock, codec, messenger, runner } = this.parts;
    const row = await runner.rows<ReminderRow>(reminders).get(id);
    const sending = row && latest(row);
    if (!row || sending?.stage !== 'waiting') return true;
    if (!(await this.isWanted(row))) {
      await this.send(row, 'GiveUpNotification', { hadMailbox: true, isSettled: true });
      return true;
    }
    const mailbox = await this.mailboxOf(row);
    const to = mailbox?.address && (await codec.open(mailbox.address));
    if (clock.now() > until) {
      await this.send(row, 'GiveUpNotification', { hadMailbox: to !== undefined });
      return true;
    }
    if (!mailbox || to === undefined) return false;
    const message = { id, to, kind: row.kind, ...messageText(row, mailbox.languages, address) };
    const attempt = sending.attempt + 1;
    const { effect } = await this.send(row, 'StartSending', { attempt, recipient: mailbox.person });
    if (effect === 'none') return false;
    await this.record(row, await handedOver(messenger, message), attempt);
    return true;
  }

  /** Whether a process wants it told still; also where none is known to have asked for it. */
  private async isWanted(row: Stored<ReminderRow>): Promise<boolean> {
    const { processes, runner } = this.parts;
    const asked = { type: 'NotificationRequested', stream: `notification-${row._id}`, data: row };
    let isKnown = false;
    for (const process of processes) {
      if (!process.notifies || !('NotificationRequested' in process.events)) continue;
      for (const key of [process.key(asked as never)].flat()) {
        const wants = await runner.rows<object>(process).get(key);
        if (wants && process.notifies(wants as never, key).includes(row._id)) return true;
        isKnown ||= wants !== undefined;
      }
    }
    return !isKnown;
  }

  /** The mailbox that it goes to: that of the last of those who have stepped into the organisation’s matters and named one. */
  private async mailboxOf({ mailbox, organisation }: ReminderRow): Promise<Named | undefined> {
    const { clock, runner } = this.parts;
    const named = async (key: string) => (await runner.rows<MailboxRow>(mailboxes).get(key))?.named.at(-1)?.value;
    let found = await named(mailbox);
    const successors = organisation === undefined ? [] : await this.parts.successors(organisation, instantOf(clock.now()));
    for (const one of successors) found = (await named(mailboxKey({ organisation: one }))) ?? found;
    return found ?? undefined;
  }

  /** What is known of an attempt is recorded as soon as the log can be written; without that it is uncertain after a restart, or where another process goes on. */
  private async record(row: Stored<ReminderRow>, outcome: HandedOver, attempt = attemptOf(row)): Promise<void> {
    const { clock, report } = this.parts;
    const commandId = randomUUID();
    for (let tries = 0; ; tries++) {
      try {
        await this.send(row, 'RecordSending', { attempt, ...outcome }, commandId);
        return;
      } catch (error) {
        report('what came of a notification could not be recorded', {
          notification: row._id,
          outcome: outcome.outcome,
          reason: String(error),
          tries,
        });
      }
      if (this.ending.aborted) return;
      await this.until(clock.now() + Math.min(pauseMs, 1_000 * 2 ** tries));
    }
  }

  private send<Name extends keyof DeliveryCommands>(
    { _id: notification, because }: Stored<ReminderRow>,
    type: Name,
    content: Said<Name>,
    commandId: string = randomUUID(),
  ): Promise<Receipt> {
    return this.parts.send({
      process: 'notification-delivery',
      commandId,
      because,
      command: { type, content: { notification, ...content } },
    });
  }

  private get ending(): AbortSignal {
    return AbortSignal.any([this.stopping.signal, this.leaving.signal]);
  }

  private until(time: number): Promise<void> {
    return new Promise((resolve) => {
      const silence = this.parts.clock.alarm(time, resolve);
      this.ending.addEventListener('abort', () => (silence(), resolve()), { once: true });
    });
  }
}

function latest({ sending }: ReminderRow) {
  return sending.at(-1)?.value;
}

/** The number of the attempt that is under way. */
function attemptOf(row: ReminderRow): number {
  return latest(row)?.attempt ?? 0;
}

/** Of a messenger that breaks its promise it is not known what became of the message. */
async function handedOver(messenger: Messenger, message: Message): Promise<HandedOver> {
  try {
    return await messenger.deliver(message);
  } catch {
    return { outcome: 'unknown', trouble: 'messenger-failed' };
  }
}
