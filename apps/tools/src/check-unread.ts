import { join, relative, resolve } from 'node:path';
import { deadEvents, programOf, unreadFields } from './unread.js';

/** Finds fault with what is stored and never asked: fields that nobody reads, events that nobody decides on or that change nothing. */
const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../../../..'));
const program = programOf(join(root, 'tsconfig.json'));
const faults = [...unreadFields(program), ...deadEvents(program)];
for (const fault of faults) process.stderr.write(`${relative(root, fault)}\n`);
if (faults.length > 0) process.exitCode = 1;
