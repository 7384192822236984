/** An answer of the bank, as it lies where answers come in. */
export interface BankAnswer {
  readonly name: string;
  readonly content: string;
}

/** Who pays, and from which account. */
export interface DebtorAccount {
  readonly name: string;
  readonly iban: string;
  /** The bank of the account; SEPA does without it. */
  readonly bic?: string;
}

/**
 * Where files of payments leave, and the bank's answers come in. A file leaves in two steps, so that it leaves exactly once:
 * it is staged, as often as need be, where nobody fetches it; once it is on record that it was, it is let out.
 */
export interface BankPort {
  readonly debtor: DebtorAccount;
  /** Puts the file aside as a whole, and durably; another of that name that was put aside before is replaced. */
  stage(name: string, content: string): Promise<void>;
  /** Lets out what was staged, in one step. Where nothing is staged any more it was let out before. @throws where what is staged has another hash, or one of that name was let out already */
  letOut(name: string, hash: string): Promise<void>;
  /** What has come in and was not put away, in the order of the names. */
  answers(): Promise<readonly BankAnswer[]>;
  /** Puts an answer away once it is on record, with the hash of its content. */
  putAway(name: string, hash: string): Promise<void>;
}
