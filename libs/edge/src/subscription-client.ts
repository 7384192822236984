import { CloseCode } from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Caller, Tokens } from '#access/tokens';
import type { AlarmClock } from '#kernel/clock';
import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';
import { Failed, failures } from '#kernel/refused';
import type { Room } from '#subscriptions/inbox';
import type { ErrorMessages } from './errors.js';
import { acceptedLanguages, RequestContext } from './request-context.js';

export const { texts: subscriptionFailures, fail } = failures({
  'reader-too-slow': {
    fi: 'Tapahtumia luettiin hitaammin kuin niitä tuli, joten tilaus lopetettiin. Jatka viimeisestä saamastasi kohdasta (after).',
    sv: 'Händelserna lästes långsammare än de kom, så prenumerationen avslutades. Fortsätt från den sista position som du fick (after).',
    en: 'The events were read more slowly than they came, so the subscription was ended. Go on after the last position that you got.',
  },
  'token-ended': {
    fi: 'Pääsytunnisteen voimassaolo päättyi. Hanki uusi ja jatka viimeisestä saamastasi kohdasta (after).',
    sv: 'Åtkomsttokens giltighetstid gick ut. Skaffa en ny och fortsätt från den sista position som du fick (after).',
    en: 'The token has ended. Get a new one and go on after the last position that you got.',
  },
  'server-restarting': {
    fi: 'Palvelin käynnistyy uudelleen. Ota yhteys hetken päästä ja jatka viimeisestä saamastasi kohdasta (after).',
    sv: 'Servern startas om. Anslut om en stund och fortsätt från den sista position som du fick (after).',
    en: 'The server is being restarted. Connect again in a moment and go on after the last position that you got.',
  },
  'too-many-subscriptions': {
    fi: 'Yhdellä yhteydellä voi olla {most} tilausta. Lopeta jokin tai avaa toinen yhteys.',
    sv: 'En anslutning kan ha {most} prenumerationer. Avsluta någon eller öppna en anslutning till.',
    en: 'One connection can have {most} subscriptions. End one, or open another connection.',
  },
  'too-many-connections': {
    fi: 'Sinulla voi olla {most} yhteyttä yhtä aikaa. Sulje jokin tai tee tilaukset samalla yhteydellä.',
    sv: 'Du kan ha {most} anslutningar samtidigt. Stäng någon eller prenumerera över samma anslutning.',
    en: 'You can have {most} connections at a time. Close one, or subscribe over the same connection.',
  },
  'subscriptions-only': {
    fi: 'WebSocket-yhteydellä tehdään vain tilauksia. Lähetä kyselyt ja muutokset POST-pyynnöllä.',
    sv: 'Över WebSocket görs bara prenumerationer. Skicka frågor och ändringar med en POST-begäran.',
    en: 'Only subscriptions are made over WebSocket. Send queries and mutations by POST.',
  },
});

/** Why a connection is closed: codes of RFC 6455 and of the protocol graphql-transport-ws. */
const closeCodes: Readonly<Record<string, number>> = {
  'server-restarting': 1012,
  'reader-too-slow': 1013,
  'too-many-requests': 1013,
  'too-many-connections': 1013,
  'identity-provider-unavailable': 1013,
  'token-ended': CloseCode.Forbidden,
  'token-invalid': CloseCode.Forbidden,
};

/** How much a client may ask for, and how much may wait for it. */
export interface ClientLimits {
  readonly subscriptions: number;
  readonly waitingEvents: number;
  /** Events that wait, and what the socket has not sent yet. */
  readonly waitingBytes: number;
}

/** What every resolver of a subscription knows. */
export class SubscriptionContext extends RequestContext {
  constructor(
    readonly client: SubscriptionClient,
    caller: Caller | undefined,
  ) {
    super({ id: client.id }, caller, client.languages);
  }
}

/** One connection: who it is, what waits for it, and how it ends. */
export class SubscriptionClient implements Room {
  readonly id = crypto.randomUUID();
  caller: Caller | undefined;
  languages: readonly Language[];
  private events = 0;
  private bytes = 0;
  /** Ids of the subscriptions under way. */
  private readonly running = new Set<string>();
  private readonly streams = new Set<AbortController>();
  /** Lets go of those who wait for the socket. */
  private readonly sending = new Set<() => void>();
  private ended: Failed | undefined;
  private isAlive = true;
  /** Messages that came after the end. */
  private ignored = 0;
  private keepTokenAlarm: () => void = () => undefined;
  /** Verifies the token again. */
  private recheck: () => Promise<unknown> = async () => undefined;

  constructor(
    private readonly socket: WebSocket,
    request: IncomingMessage,
    /** Where it comes from. */
    readonly network: string,
    private readonly limits: ClientLimits,
    private readonly messages: ErrorMessages,
    private readonly clock: AlarmClock,
  ) {
    this.languages = acceptedLanguages(request.headers['accept-language']);
    socket.on('pong', () => (this.isAlive = true));
    // Answered by hand: pongs for a client that reads nothing would pile up.
    socket.on('ping', (data: Buffer) => !this.isFull() && socket.readyState === WebSocket.OPEN && socket.pong(data));
    socket.on('close', () => this.keepTokenAlarm());
  }

  /** Takes language and token from the first message. Ends with the token. @throws Failed `token-invalid`, `identity-provider-unavailable` */
  async signIn(parameters: Readonly<Record<string, unknown>>, tokens: Tokens): Promise<void> {
    const named = new Map(
      Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [])),
    );
    const language = named.get('accept-language');
    if (language !== undefined) this.languages = acceptedLanguages(language);
    this.recheck = () => tokens.callerOf(named.get('authorization'));
    this.caller = await tokens.callerOf(named.get('authorization'));
    if (this.caller && this.socket.readyState === WebSocket.OPEN)
      this.keepTokenAlarm = this.clock.alarm(this.caller.until, () => this.end(fail('token-ended')));
  }

  get language(): Language {
    return this.languages[0] ?? 'en';
  }

  get isEnded(): boolean {
    return this.ended !== undefined;
  }

  /** Whether one more message after the end is borne. */
  isPatient(most: number): boolean {
    return ++this.ignored <= most;
  }

  begin(subscription: string): void {
    this.running.add(subscription);
  }

  finish(subscription: string): void {
    this.running.delete(subscription);
    this.closeWhenTold();
  }

  /** What a subscription answers, under its field, until the client has enough of it or is ended. */
  stream<Name extends string, Item>(
    name: Name,
    make: (signal: AbortSignal) => AsyncGenerator<Item>,
  ): AsyncIterableIterator<Record<Name, Item>> {
    const stopping = new AbortController();
    const source = make(stopping.signal);
    let isEnough = false;
    const done = { done: true, value: undefined } as const;
    this.streams.add(stopping);
    if (this.ended) stopping.abort(this.ended);
    const stop = async () => {
      isEnough = true;
      this.streams.delete(stopping);
      stopping.abort();
      await source.return(undefined).catch(() => undefined);
      return done;
    };
    return {
      next: async () => {
        try {
          const step = await source.next();
          return step.done ? done : { done: false, value: { [name]: step.value } as Record<Name, Item> };
        } catch (error) {
          this.streams.delete(stopping);
          // A generator that waits cannot be returned from: it was made to fail instead.
          if (isEnough) return done;
          throw error;
        }
      },
      return: stop,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  taken(bytes: number): void {
    this.events += 1;
    this.bytes += bytes;
    if (this.isFull()) this.end(fail('reader-too-slow'));
  }

  freed(bytes: number): void {
    this.events -= 1;
    this.bytes -= bytes;
  }

  /** Resolves once the socket has sent it, or the client is ended: what is not sent by then still goes out first, if the client reads. */
  send(text: string): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.sending.delete(done);
        resolve();
      };
      this.sending.add(done);
      this.socket.send(text, done);
      if (this.ended) done();
      else if (this.isFull()) this.end(fail('reader-too-slow'));
    });
  }

  /** Ends every subscription with the reason, and then the connection. */
  end(reason: Failed): void {
    if (this.ended) return;
    this.ended = reason;
    this.keepTokenAlarm();
    for (const stopping of this.streams) stopping.abort(reason);
    for (const done of [...this.sending]) done();
    this.closeWhenTold();
  }

  /** Closes the connection with the reason at once. */
  close(reason: Failed | undefined): void {
    if (!reason) this.socket.close(CloseCode.InternalServerError, 'internal');
    else
      this.socket.close(
        entry(closeCodes, reason.code) ?? CloseCode.BadRequest,
        closeReason(`${reason.code}: ${this.messages.text(reason, this.language)}`),
      );
  }

  /** Closes the connection with a code of the protocol. */
  closeWith(code: CloseCode, reason: string): void {
    this.socket.close(code, reason);
  }

  /** Finds out whether the peer is still there: to be asked from time to time. */
  beat(): void {
    if (!this.isAlive) return this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
    // Its key may have been withdrawn. That the provider cannot be asked is no reason to go.
    this.recheck().catch((error: unknown) => {
      if (error instanceof Failed && error.code === 'token-invalid') this.end(error);
    });
  }

  terminate(): void {
    this.socket.terminate();
  }

  private closeWhenTold(): void {
    if (this.ended && this.running.size === 0) this.close(this.ended);
  }

  private isFull(): boolean {
    return this.events > this.limits.waitingEvents || this.bytes + this.socket.bufferedAmount > this.limits.waitingBytes;
  }
}

/** A frame that closes has room for 123 bytes. */
function closeReason(text: string): string {
  let end = text.length;
  while (Buffer.byteLength(text.slice(0, end)) > 123) end = text.lastIndexOf(' ', end - 1);
  return text.slice(0, end);
}
