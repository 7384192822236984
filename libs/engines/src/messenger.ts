/** A message to one mailbox. */
export interface Message {
  /** The same for the same notification, however often it is tried. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What it is about, by a code that names nobody. */
  readonly kind: string;
}

/**
 * What came of handing a message over: it was accepted; refused for good; not accepted, and it may be tried again; or it
 * may or may not have been accepted. The trouble is a code, and names nobody.
 */
export type HandedOver =
  | { readonly outcome: 'accepted'; readonly channel: 'email' | 'log'; readonly messageId: string }
  | { readonly outcome: 'refused' | 'failed' | 'unknown'; readonly trouble: string };

/** Where messages leave the system. */
export interface Messenger {
  /** Answers in bounded time, and does not throw. */
  deliver(message: Message): Promise<HandedOver>;
}
