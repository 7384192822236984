import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { hearInTurn } from './subscription-messages.js';

/** Two connections that say much, and turns that are given by hand. */
const connections = () => {
  const turns: (() => void)[] = [];
  const heard: string[] = [];
  const isRead = new Map<string, boolean>();
  const opened = (name: string) => {
    const socket = Object.assign(new EventEmitter(), {
      pause: () => void isRead.set(name, false),
      resume: () => void isRead.set(name, true),
    });
    hearInTurn(
      socket as unknown as WebSocket,
      (goOn) => turns.push(goOn),
      (text) => heard.push(text),
    );
    return {
      says: (...texts: string[]) => texts.forEach((text) => socket.emit('message', Buffer.from(text))),
      leaves: () => socket.emit('close'),
    };
  };
  return { a: opened('a'), b: opened('b'), heard, isRead, turn: () => turns.shift()?.() };
};

describe('the messages of a connection', () => {
  it('are heard in order, one in a turn, those of others in between', () => {
    const { a, b, heard, turn } = connections();
    a.says('a1', 'a2', 'a3');
    b.says('b1');
    expect(heard).toEqual([]);
    for (let n = 0; n < 4; n++) turn();
    expect(heard).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('are not read while others wait, and read again once all are heard', () => {
    const { a, heard, isRead, turn } = connections();
    a.says('1', '2');
    expect(isRead.get('a')).toBe(false);
    turn();
    a.says('3');
    turn();
    expect(isRead.get('a')).toBe(false);
    turn();
    expect([heard, isRead.get('a')]).toEqual([['1', '2', '3'], true]);
    a.says('4');
    turn();
    expect(heard.at(-1)).toBe('4');
  });

  it('are not heard once it is closed', () => {
    const { a, heard, turn } = connections();
    a.says('1', '2', '3');
    turn();
    a.leaves();
    turn();
    turn();
    expect(heard).toEqual(['1']);
  });
});
