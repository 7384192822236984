import { createHash, randomUUID } from 'node:crypto';
import type { BankAnswer } from '#engines/bank-port';
import type { RunningService, ServiceParts } from '#edge/context-edge';
import type { CommandsOf } from '#kernel/decider';
import type { Stored } from '#kernel/projection';
import type { Reactor } from '#views/life/reactors';
import { pagesOf } from '#view-store/view-store';
import { fileOf } from './batch.rules.js';
import { creditTransfer, type TransferredPayment } from './credit-transfer.rules.js';
import { payeeAccounts, type PayeeAccountsRow } from './payee-accounts.projection.js';
import { paymentBatches, sentOf, type BatchPayment, type PaymentBatchRow } from './payment-batches.projection.js';
import { answersTo, statusReport, type StatusReport } from './payment-status.rules.js';

type FileCommands = Pick<
  CommandsOf<typeof import('./batch.commands.js')>,
  'RecordPaymentFileStaged' | 'RecordPaymentFileWritten' | 'RecordPaymentStatus'
>;

/** What it goes by: these are folded on one server. */
export const bankFileViews: readonly string[] = [paymentBatches.name, payeeAccounts.name];

const pauseMs = 60_000;

/**
 * Writes the file of each batch whose content is fixed, and takes in what the bank answers. Each step follows from the rows
 * alone and can be taken again: a file is staged, that is recorded with its hash, it is let out, that is recorded. Staged it
 * can be again as often as need be; once it is recorded there is but that one file, and it is let out by one step that either
 * has happened or has not.
 */
export class BankFiles implements Reactor, RunningService {
  readonly reactsTo = bankFileViews;
  /** Batches with a step to be taken. */
  private readonly due = new Set<string>();
  /** Batches whose payments the bank has not all answered for. */
  private readonly unanswered = new Set<string>();
  /** Answers that could not be taken in, so that each is told of once. */
  private readonly told = new Set<string>();
  private silence: () => void = () => undefined;
  private working: Promise<void> = Promise.resolve();
  private isStopping = false;

  private constructor(private readonly parts: ServiceParts) {}

  static async start(parts: ServiceParts): Promise<BankFiles> {
    const files = new BankFiles(parts);
    await parts.runner.attach(files);
    return files;
  }

  async idle(): Promise<void> {
    for (let seen; seen !== this.working;) {
      seen = this.working;
      await seen;
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.silence();
    await this.working;
  }

  async taken(name: string): Promise<void> {
    if (name !== paymentBatches.name) return;
    this.forget();
    for await (const page of pagesOf(this.parts.runner.rows<PaymentBatchRow>(paymentBatches))) this.plan(page);
  }

  async left(name: string): Promise<void> {
    if (name !== paymentBatches.name) return;
    this.forget();
    await this.working;
    this.forget();
  }

  folded(name: string, rows: readonly Stored<object>[]): void {
    if (name === paymentBatches.name) this.plan(rows as readonly Stored<PaymentBatchRow>[]);
  }

  private forget(): void {
    this.silence();
    this.due.clear();
    this.unanswered.clear();
  }

  private plan(rows: readonly Stored<PaymentBatchRow>[]): void {
    for (const row of rows) {
      if (hasStep(row)) this.due.add(row._id);
      else this.due.delete(row._id);
      if (isUnanswered(row)) this.unanswered.add(row._id);
      else this.unanswered.delete(row._id);
    }
    if (this.due.size > 0) this.soon();
    else this.later();
  }

  private soon(): void {
    this.working = this.working.then(() => this.work());
  }

  /** Looks again after a while: for what failed, and for answers. */
  private later(): void {
    this.silence();
    if (this.isStopping || this.due.size + this.unanswered.size === 0) return;
    this.silence = this.parts.clock.alarm(this.parts.clock.now() + pauseMs, () => this.soon());
  }

  private async work(): Promise<void> {
    for (const batch of [...this.due]) {
      if (this.isStopping || !this.due.delete(batch)) continue;
      try {
        await this.takeStep(batch);
      } catch (error) {
        this.due.add(batch);
        this.parts.report('the file of a batch of payments could not be written and will be tried again', { batch, reason: String(error) });
      }
    }
    if (!this.isStopping && this.unanswered.size > 0) await this.takeAnswers();
    this.later();
  }

  private async takeStep(batch: string): Promise<void> {
    const { runner, bank, report } = this.parts;
    const row = await runner.rows<PaymentBatchRow>(paymentBatches).get(batch);
    if (!row || !hasStep(row)) return;
    if (!bank) {
      report('a batch of payments waits for its file: PAYMENTS_FOLDER is not set', { batch });
      return;
    }
    if (row.stage === 'staged' && row.file) {
      await bank.letOut(row.file.file, row.file.hash);
      await this.send(row, 'RecordPaymentFileWritten', {});
      return;
    }
    const sent = sentOf(row);
    const { debtor } = bank;
    const payments = await Promise.all(sent.map((one) => this.opened(one)));
    const content = creditTransfer({ batch, created: row.releasedAt ?? row.since, executeOn: row.executeOn, debtor, payments });
    const file = fileOf(batch);
    await bank.stage(file, content);
    await this.send(row, 'RecordPaymentFileStaged', {
      file,
      message: row.message,
      hash: hashOf(content),
      payments: payments.length,
      total: payments.reduce((sum, { amount }) => sum + amount, 0),
      debtorName: debtor.name,
      debtorIban: debtor.iban,
    });
  }

  /** The payment with the account that it was prepared for. */
  private async opened({ grant, payment, organisation, amount, account }: BatchPayment): Promise<TransferredPayment> {
    const { runner, codec } = this.parts;
    const row = await runner.rows<PayeeAccountsRow>(payeeAccounts).get(organisation);
    const named = row?.named.find(({ value }) => value.account === account)?.value;
    const iban = named?.iban && (await codec.open(named.iban));
    const holder = named?.holder && (await codec.open(named.holder));
    if (iban === undefined || holder === undefined) throw new Error(`the account ${account} of ${organisation} cannot be read any more`);
    return { grant, payment, amount, iban, holder };
  }

  private async takeAnswers(): Promise<void> {
    const { bank } = this.parts;
    try {
      for (const answer of (await bank?.answers()) ?? []) await this.takeAnswer(answer);
    } catch (error) {
      this.parts.report('what the bank answers could not be read and will be looked at again', { reason: String(error) });
    }
  }

  private async takeAnswer({ name, content }: BankAnswer): Promise<void> {
    const { runner, bank } = this.parts;
    const hash = hashOf(content);
    const read = reportIn(content);
    const [row] = read
      ? await runner.rows<PaymentBatchRow>(paymentBatches).find({ where: { message: read.message }, limit: 1 })
      : [undefined];
    if (!read || !row) {
      // It may be half there yet, or another system's: it stays where it is.
      if (!this.told.has(hash)) this.parts.report('an answer of the bank is of no batch that was sent', { file: name });
      this.told.add(hash);
      return;
    }
    await this.send(row, 'RecordPaymentStatus', { report: read.report, hash, payments: answersTo(read, sentOf(row), row.executeOn) });
    await bank?.putAway(name, hash);
  }

  private send<Name extends keyof FileCommands>(
    { _id: batch, because }: Stored<PaymentBatchRow>,
    type: Name,
    content: Readonly<Omit<FileCommands[Name], 'batch'>>,
  ) {
    return this.parts.send({ process: 'bank-files', commandId: randomUUID(), because, command: { type, content: { batch, ...content } } });
  }
}

function hasStep(row: PaymentBatchRow): boolean {
  return row.stage === 'staged' || (row.stage === 'fixed' && sentOf(row).length > 0);
}

function isUnanswered(row: PaymentBatchRow): boolean {
  return row.stage === 'written' && sentOf(row).some(({ isAnswered }) => !isAnswered);
}

function reportIn(content: string): StatusReport | undefined {
  try {
    return statusReport(content);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function hashOf(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}
