import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from '#edge/limits';

/** Connections that are too many of their address and wait to be let go. */
const mostHeld = 4_096;
/** So many of them are let go, so often. */
const letGoAtOnce = 2;
const letGoMs = 20;

/**
 * Lets one address have so many connections, whatever it does with them. A proxy has those of all whom it speaks for. What
 * is more is not read from, and let go a few at a time: closed at once, or all together, they would be there again at once,
 * and to accept a connection is most of what it costs. Answers what lets all of them go, for good.
 */
export function limitConnections(server: Server, limits: Limits, most: number): () => void {
  const counts = new Map<string, number>();
  const held = new Set<Socket>();
  let isClosing = false;

  const hold = (socket: Socket) => {
    socket.on('error', () => undefined);
    if (isClosing || held.size >= mostHeld) return void socket.destroy();
    held.add(socket);
    socket.once('close', () => held.delete(socket));
    if (held.size === 1) letSomeGo();
  };
  const letSomeGo = () =>
    setTimeout(() => {
      for (const socket of [...held].slice(0, letGoAtOnce)) socket.destroy();
      if (held.size > 0) letSomeGo();
    }, letGoMs).unref();

  // In the place of who reads requests: what is held is no connection of theirs.
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection').on('connection', (socket: Socket) => {
    const network = limits.networkOfSocket(socket);
    const count = network === undefined ? 0 : (counts.get(network) ?? 0) + 1;
    if (count > most) return hold(socket);
    if (network !== undefined) {
      counts.set(network, count);
      socket.once('close', () => {
        const others = (counts.get(network) ?? 0) - 1;
        if (others > 0) counts.set(network, others);
        else counts.delete(network);
      });
    }
    for (const listen of listeners) listen.call(server, socket);
  });

  return () => {
    isClosing = true;
    for (const socket of held) socket.destroy();
  };
}
