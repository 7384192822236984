/** A message of graphql-transport-ws, as far as it is looked at here. */
interface Message {
  readonly id?: unknown;
  readonly type?: unknown;
}

const ended = new Set<unknown>(['complete', 'error']);

/**
 * The ids that a client chooses, each with one of our own for every time that it is used. The protocol lets a client
 * complete a subscription and use its id again at once, while the first is still being made or ended: by the client's id
 * alone one could be taken for the other.
 */
export class SubscriptionIds {
  /** Ours by the client's, of those that the client has neither ended nor been told the end of. */
  private readonly ours = new Map<string, string>();
  private readonly theirs = new Map<string, string>();
  private next = 1;

  /** The client's message with our id; undefined where its id is one under way. What is no message of a subscription is left as it came. */
  taken(text: string): string | undefined {
    const message = parsed(text);
    if (typeof message?.id !== 'string') return text;
    const { id } = message;
    if (message.type === 'subscribe') {
      if (this.ours.has(id)) return undefined;
      const ours = String(this.next++);
      this.ours.set(id, ours);
      this.theirs.set(ours, id);
      return JSON.stringify({ ...message, id: ours });
    }
    const ours = this.ours.get(id);
    if (message.type === 'complete') this.forget(id, ours);
    // Of none under way: as good as any other that is not.
    return JSON.stringify({ ...message, id: ours ?? '0' });
  }

  /** The text of one of our messages with the client's id; undefined where the client has ended that subscription. */
  told(text: string): string | undefined {
    const [start, ours] = /^\{"id":"(\d+)"/.exec(text) ?? [];
    if (start === undefined || ours === undefined) return text;
    const id = this.theirs.get(ours);
    if (id === undefined) return undefined;
    const rest = text.slice(start.length);
    if (ended.has(/^,"type":"(\w+)"/.exec(rest)?.[1])) this.forget(id, ours);
    return `{"id":${JSON.stringify(id)}${rest}`;
  }

  private forget(id: string, ours: string | undefined): void {
    this.ours.delete(id);
    if (ours !== undefined) this.theirs.delete(ours);
  }
}

function parsed(text: string): Message | undefined {
  try {
    return JSON.parse(text) as Message;
  } catch {
    // Said by who reads it next.
    return undefined;
  }
}
