import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BankFolder } from './bank-folder.js';

const debtor = { name: 'Kuvitteellinen', iban: 'FI1410093000123458' };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the folder that payments leave through', () => {
  let folder: string;
  let bank: BankFolder;
  const list = (name: string) => readdirSync(join(folder, name)).sort();
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bank-'));
    bank = await BankFolder.open({ folder, debtor });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets a file out once, as a whole, however often it is asked to', async () => {
    await bank.stage('a.xml', 'first');
    await bank.stage('a.xml', 'whole');
    expect([list('staged'), list('outgoing')]).toEqual([['a.xml'], []]);
    await bank.letOut('a.xml', hashOf('whole'));
    expect([list('staged'), list('outgoing')]).toEqual([[], ['a.xml']]);
    expect(readFileSync(join(folder, 'outgoing/a.xml'), 'utf8')).toBe('whole');
    expect(statSync(join(folder, 'outgoing/a.xml')).mode & 0o077).toBe(0);
    await bank.letOut('a.xml', hashOf('whole'));
    // The bank has fetched it: it is not there again.
    rmSync(join(folder, 'outgoing/a.xml'));
    await bank.letOut('a.xml', hashOf('whole'));
    expect(list('outgoing')).toEqual([]);
  });

  it('lets out nothing but the file that is on record, and writes nothing over', async () => {
    await bank.stage('a.xml', 'whole');
    writeFileSync(join(folder, 'staged/a.xml'), 'altered');
    await expect(bank.letOut('a.xml', hashOf('whole'))).rejects.toThrow('not the file that is on record');
    await bank.stage('a.xml', 'whole');
    writeFileSync(join(folder, 'outgoing/a.xml'), 'another');
    await expect(bank.letOut('a.xml', hashOf('whole'))).rejects.toThrow('is there already');
    expect(readFileSync(join(folder, 'outgoing/a.xml'), 'utf8')).toBe('another');
  });

  it('goes on where an earlier run was ended in mid-file', async () => {
    writeFileSync(join(folder, 'staged/a.xml.part'), 'who');
    await bank.letOut('a.xml', hashOf('whole'));
    expect(list('outgoing')).toEqual([]);
    await bank.stage('a.xml', 'whole');
    expect(list('staged')).toEqual(['a.xml']);
  });

  it('keeps each answer under its hash', async () => {
    for (const content of ['one', 'two']) {
      writeFileSync(join(folder, 'incoming/answer.xml'), content);
      writeFileSync(join(folder, 'incoming/.hidden.xml'), content);
      expect(await bank.answers()).toEqual([{ name: 'answer.xml', content }]);
      await bank.putAway('answer.xml', hashOf(content));
    }
    expect(
      list('answered')
        .map((name) => readFileSync(join(folder, 'answered', name), 'utf8'))
        .sort(),
    ).toEqual(['one', 'two']);
  });

  it('must be there', async () => {
    await expect(BankFolder.open({ folder: join(folder, 'none'), debtor })).rejects.toThrow('ENOENT');
    writeFileSync(join(folder, 'file'), '');
    await expect(BankFolder.open({ folder: join(folder, 'file'), debtor })).rejects.toThrow('it is no folder');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
