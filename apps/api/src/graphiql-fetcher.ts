import type { DocumentNode } from 'graphql';

/** What GraphiQL wants to have answered. */
interface Question {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: object | null;
}

interface Told {
  readonly type: string;
  readonly payload?: unknown;
}

interface Observer {
  readonly next: (result: object) => void;
  readonly complete: () => void;
}

/** How GraphiQL gets its answers from the server at the address, once it is told with which headers. */
type Fetcher = (question: Question, about?: { readonly headers?: Record<string, string>; readonly documentAST?: DocumentNode }) => unknown;

/**
 * Asks for GraphiQL: questions and commands by POST, and subscriptions over a connection that begins with the same headers.
 * Of a subscription GraphiQL shows what it was given last: it is given the latest of all that was told. This function is
 * written into the page as it is compiled: it uses nothing from outside.
 */
export function graphiqlFetcher(address: string): Fetcher {
  const most = 100;

  const overHttp = async (body: object, headers: Record<string, string>) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    try {
      return JSON.parse(text) as object;
    } catch {
      return { errors: [{ message: `${response.status} ${text}` }] };
    }
  };

  const overSocket = (body: object, headers: Record<string, string>) => ({
    subscribe(observer: Observer) {
      const received: unknown[] = [];
      let count = 0;
      const show = (one: unknown) => {
        received.unshift(one);
        received.length = Math.min(received.length, most);
        count += 1;
        observer.next({ received: count, latestFirst: [...received] });
      };
      const socket = new WebSocket(address.replace(/^http/, 'ws'), 'graphql-transport-ws');
      const say = (message: object) => socket.send(JSON.stringify(message));
      socket.onopen = () => say({ type: 'connection_init', payload: headers });
      socket.onmessage = ({ data }) => {
        const { type, payload } = JSON.parse(String(data)) as Told;
        if (type === 'connection_ack') say({ id: '1', type: 'subscribe', payload: body });
        else if (type === 'ping') say({ type: 'pong' });
        else if (type === 'next') show(payload);
        else if (type === 'error') show({ errors: payload });
        else if (type === 'complete') socket.close(1000);
      };
      socket.onclose = ({ code, reason }) => {
        if (code !== 1000) show({ closed: code, reason });
        observer.complete();
      };
      return { unsubscribe: () => socket.close(1000) };
    },
  });

  return ({ query, operationName, variables }, { headers = {}, documentAST } = {}) => {
    const operations = (documentAST?.definitions ?? []).flatMap((one) =>
      one.kind === ('OperationDefinition' as typeof one.kind) ? [one] : [],
    ) as {
      readonly operation: string;
      readonly name?: { readonly value: string };
    }[];
    // GraphiQL remembers the name of an operation that may have been renamed since, or taken out.
    const named = operations.find(({ name }) => name !== undefined && name.value === operationName);
    const body = { query, variables, ...(named?.name && { operationName: named.name.value }) };
    const isSubscription = (named ?? operations[0])?.operation === 'subscription';
    return isSubscription ? overSocket(body, { 'accept-language': navigator.languages.join(', '), ...headers }) : overHttp(body, headers);
  };
}
