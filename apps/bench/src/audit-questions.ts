import { join } from 'node:path';
import { controlPass } from '#controls/control-pass';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { controlQuestions, definitionOf } from '#system/control-questions';
import { bareScan } from './bare-scan.js';
import { benchCodec } from './bench-codec.js';
import { alternated, line, perSecond, type Bench } from './measure.js';
import { writeLog } from './rebuild.js';

const rounds = 5;

/** What does it cost to put all control questions to a log, with the Merkle root of what was read? */
export const auditQuestions: Bench = {
  name: 'audit-questions',
  async run(folder) {
    const path = join(folder, 'log.db');
    const events = await writeLog(path, benchCodec());
    const log = SqliteEventLog.open(path, { readOnly: true });
    const { asked, floor } = await alternated(rounds, {
      asked: () => perSecond(events, () => controlPass(log, definitionOf, controlQuestions)),
      floor: () => perSecond(events, () => bareScan(path)),
    });
    await log.close();
    return [
      line(`${controlQuestions.length} control questions over a log of ${events} events, floor: a bare scan`, asked, floor, {
        atLeast: 0.4,
      }),
    ];
  },
};
