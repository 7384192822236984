import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFaults } from './lock-faults.js';

const lock = readFileSync(join(import.meta.dirname, '../../../../package-lock.json'), 'utf8');
const faults = lockFaults(JSON.parse(lock) as Parameters<typeof lockFaults>[0]);
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
