import type { WebSocket } from 'ws';

/**
 * Hears the messages of a connection in their order, one in each of its turns. While one waits, no more are read: what a
 * client sends faster than it is heard waits with the client.
 */
export function hearInTurn(
  socket: Pick<WebSocket, 'on' | 'once' | 'pause' | 'resume'>,
  takeTurn: (goOn: () => void) => void,
  hear: (text: string) => void,
): void {
  const waiting: string[] = [];
  const next = () => {
    const text = waiting.shift();
    if (text === undefined) return;
    hear(text);
    if (waiting.length > 0) takeTurn(next);
    else socket.resume();
  };
  socket.on('message', (data: Buffer) => {
    if (waiting.push(data.toString()) === 1) takeTurn(next);
    else socket.pause();
  });
  // What was still said is not begun any more: nobody would end it.
  socket.once('close', () => waiting.splice(0));
}
