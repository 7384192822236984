import 'reflect-metadata';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { roles } from '#access/policy';
import { languages } from '#kernel/localized-text';
import { spelledMatter } from '#kernel/matter';
import { regionCodes } from '#kernel/region';
import { CannotStart } from '#system/settings';
import { explained } from '#system/system';
import { outcomes } from '#trail/trail-index';
import * as audit from './audit.js';
import type { WatchLogOptions } from './audit-watch.js';
import { printDecidedAgain, type AgainOptions } from './again.js';
import { questions } from './questions.js';
import { printEvents, type EventsOptions } from './events.js';
import { exportConnection, type ExportOptions } from './export.js';
import { importServices, type ImportServicesOptions } from './import-services.js';
import { forgotten, type ForgottenOptions } from './keys.js';
import { compare, copy, type CopyOptions } from './log.js';
import type { DecidedAgain } from '#event-store/decide-again';
import type { ProjectionStatus } from '#views/run/projection-runner';
import {
  printImport,
  printRebuilt,
  printStandings,
  printStatus,
  printTexts,
  printVerifications,
  type RebuildResult,
  type StatusResult,
  type TextsResult,
  type Verifications,
} from './print.js';
import { run } from './run-task.js';
import { synthesise, type SynthOptions } from './synth.js';
import { printToken, type TokenOptions } from './token.js';
import * as trail from './trail.js';
import { watch, type WatchOptions } from './watch.js';

const exitCodes = `
Exit codes: 0 done; 1 not done, or differences were found; 2 the command was not written right.
The data folder is ./data, or DATA_DIR. Where a server runs on it, the work is done by the server.`;

// Logs and keys that are copied into files are for their owner only.
process.umask(0o077);
// Who has read enough (« | head ») is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`digituki: ${error.message}\n`);
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

function regionOf(text: string): string {
  const code = regionCodes.find((one) => one === text.replace(/^R/i, ''));
  if (!code) throw new InvalidArgumentError(`Allowed choices are ${regionCodes.join(', ')}.`);
  return code;
}

const program = new Command('digituki')
  .description('The tools of the register of regional coordination of digital support.')
  .addHelpText('after', exitCodes)
  .showHelpAfterError('(digituki --help says what there is)')
  .exitOverride();

const importing = program
  .command('import')
  .description('record the public record: the rounds of 2018, 2019 and 2020. What was recorded before is not recorded again')
  .action(async () => printImport(await run('import')));
importing
  .command('services [file]')
  .description('offer the services of a file of comma-separated values. What fails is told by its line; run again, nothing is done twice')
  .option('--organisation <id>', 'the provider whose services they are')
  .option('--token <token>', 'of the provider')
  .option('--url <url>', 'of another server than the one that runs on the data folder')
  .option('--template', 'print a file to fill in: its columns, and a line that is an example')
  .action((file: string | undefined, options: ImportServicesOptions) => importServices(file, options));

const projections = program.command('projections').description('the views: how they stand, whether they are right, rebuilding them');
projections
  .command('status')
  .description('position, lag and state of each view')
  .action(async () => printStatus((await run('status')) as StatusResult));
projections
  .command('rebuild [name]')
  .description('rebuild a view from the log (all without a name) and put it in place of the served one')
  .action(async (projection?: string) => printRebuilt((await run('rebuild', { projection })) as RebuildResult));
projections
  .command('skip <event>')
  .description('have the views that are paused at an event leave it out. It is recorded, with the reason, and verify shows it')
  .requiredOption('--reason <text>', 'why it is right to leave it out')
  .action(async (event: string, { reason }: { reason: string }) =>
    printStandings((await run('skip', { event, reason })) as readonly ProjectionStatus[]),
  );
projections
  .command('verify [name]')
  .description('rebuild the views and compare them row for row with what is served; without a name, open every sealed text, too')
  .action(async (projection?: string) => {
    printVerifications((await run('verify', { projection })) as Verifications);
    if (projection === undefined) printTexts((await run('texts')) as TextsResult);
  });

program
  .command('events')
  .description('events as they are stored, one line of JSON each, in the order of the log. Personal texts stay encrypted')
  .option('--stream <name>', 'of this stream only, such as call-coordination-2019')
  .option('--category <name>', 'of streams of this category only, such as call')
  .option('--type <name>', 'of this type only, such as CallPublished')
  .option('--after <position>', 'after this position')
  .option('--limit <number>', 'at most so many')
  .action((options: EventsOptions) => printEvents(options));

const log = program
  .command('log')
  .description(
    'the log as a whole: moving it, comparing it. FROM, TO, A, B are a data folder, the file of a log (….db), esdb://…, or EVENTSTORE_URL for the address that is set',
  );
log
  .command('copy <from> <to>')
  .description('copy all events, in their order, and the keys; then compare. Broken off, it goes on when it is run again')
  .option('--keys-from <place>', 'a file of keys, or mongodb://…; without it keys.db of the data folder, or KEYS_URL for a log on a server')
  .option('--keys-to <place>', 'the same, where they go')
  .action((from: string, to: string, options: CopyOptions) => copy(from, to, options));
log
  .command('compare <a> <b>')
  .description('whether two logs hold the same events in the same order; else where they first differ')
  .action((a: string, b: string) => compare(a, b));

const auditing = program
  .command('audit')
  .description('the proof that the log is what it was: its Merkle tree, signed checkpoints, bundles');
auditing
  .command('key')
  .description('make a key that signs checkpoints, and print the one that verifies them; without --name print the latter of the key in use')
  .option('--name <name>', 'the name of the log, such as register.example.fi/log')
  .option('--out <file>', 'where the key that signs goes: apart from the data')
  .action((options: audit.KeyOptions) => audit.key(options));
auditing
  .command('rotate')
  .description('record that another key signs the checkpoints from now on; both keys sign that. Then give the servers the new one')
  .requiredOption('--to <file>', 'the key that signs from now on, made by audit key')
  .action((options: audit.RotateOptions) => audit.rotate(options));
auditing
  .command('watch')
  .description(
    'look at a register from outside, again and again: each checkpoint must go on from the one before it. A line of JSON for what is new',
  )
  .option('--url <url>', 'of another server than the one that runs on the data folder')
  .option('--key <key>', 'the key that verifies, or its file; that of this installation without it')
  .option('--keep <file>', 'where the last checkpoint is kept: the next watch begins with it')
  .option('--token <token>', 'of an auditor: tells what was found, and how verification stands, too')
  .option('--every <seconds>', 'how often', '10')
  .option('--once', 'look once')
  .action((options: WatchLogOptions) => audit.watch(options));
auditing
  .command('checkpoint')
  .description('sign a checkpoint of all that the log has, and print it: keep it where nobody who can change the log can change it')
  .action(() => audit.checkpoint());
auditing
  .command('verify [bundle]')
  .description('hash the log anew, hold it against its tree and checkpoints, and name what was altered; or verify a bundle')
  .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere')
  .option('--key <key>', 'the key that verifies, or its file; that of this installation without it, that of the bundle for a bundle')
  .action((bundle: string | undefined, options: audit.VerifyOptions) =>
    bundle === undefined ? audit.verify(options) : audit.verifyFile(bundle, options),
  );
auditing
  .command('export')
  .description('write a bundle that proves its events to anybody, offline: events, proofs, a checkpoint, and a page that verifies them')
  .option('--matter <id>', 'of one applicant’s case, such as coordination-2019--12 (or --R12)', spelledMatter)
  .option('--call <id>', 'of a call with all that belongs to it, such as coordination-2019')
  .option('--decision <stream>', 'of the stream of a decision, with what it was taken on')
  .option('--all', 'of the whole log')
  .option('--tiles', 'of the whole log, as a folder of C2SP tlog-tiles with the events as entries, for the tools of others')
  .option('--as-of <time>', 'with the views as it held then: a day, or an instant; as it holds now without it')
  .option('--known-at <time>', 'with the views as it was known then; as it is known now without it')
  .requiredOption('--out <file>', 'the ZIP file to write; the folder for --tiles')
  .action((options: audit.ExportOptions) => audit.exportBundle(options));

auditing
  .command('questions')
  .description('put the control questions to the whole log: each with the events at which its rule is broken, or none')
  .action(() => questions());

auditing
  .command('decision [id]')
  .description('what a decision stood on, and the same command decided again from that; the id is that of the application')
  .option('--stream <name>', 'in the place of a decision: whatever stands in this stream …')
  .option('--revision <number>', '… at this revision: an event, or a refusal in command-<id>')
  .option('--json', 'all of it, with the facts, as JSON')
  .action(async (decision: string | undefined, { json, stream, revision }: AgainOptions) => {
    const wanted = { decision, stream, revision: revision === undefined ? undefined : Number(revision) };
    printDecidedAgain((await run('again', wanted)) as DecidedAgain, json === true);
  });
const inLanguage = new Option('--language <code>', 'of the sentences').choices([...languages]).default('en');
auditing
  .command('trail [id]')
  .description(
    'what happened in a matter (coordination-2019--12 or --R12), a stream (network-region-19) or, with --call, a call, and what was tried there; each cause before its effects. In the whole log without an id',
  )
  .option('--call', 'the id is that of a call')
  .option('--type <name...>', 'events of these types only')
  .option('--actor <pseudonym>', 'by this person only')
  .option('--role <name>', 'in this role only')
  .option('--organisation <id>', 'for this organisation only')
  .addOption(new Option('--region <code>', 'about this region, or for it: 19, or R19 as the API writes it').argParser(regionOf))
  .option('--from <time>', 'recorded then or later: an instant, a day, a month')
  .option('--to <time>', 'recorded then or earlier')
  .option('--text <words>', 'with these words, or words that begin so')
  .addOption(new Option('--outcome <outcome>', 'what came of it').choices([...outcomes]))
  .option('--changes', 'with what each event changed in the state, field by field')
  .option('--json', 'a line of JSON each')
  .addOption(inLanguage)
  .action((id: string | undefined, options: trail.TrailOptions) => trail.trail(id && spelledMatter(id), options));
auditing
  .command('replay <view> <key>')
  .description('how a row of a view came to be: what each event changed in it')
  .option('--known-at <time>', 'only what was known then')
  .option('--as-of <time>', 'only what is about a time that had begun then')
  .addOption(inLanguage)
  .action((view: string, key: string, options: trail.ReplayOptions) => trail.replay(view, key, options));
auditing
  .command('compare <view> [key]')
  .description('what differs in a view, or in one of its rows, between two moments of what was known')
  .requiredOption('--from <moment>', 'a position of the log, or a time')
  .requiredOption('--to <moment>', 'the same')
  .option('--from-as-of <time>', 'of the first only what is about a time that had begun then')
  .option('--to-as-of <time>', 'of the second')
  .action((view: string, key: string | undefined, options: trail.CompareOptions) => trail.compareView(view, key, options));

program
  .command('keys')
  .description('the keys of personal data')
  .command('forgotten')
  .description('who was forgotten, a line of JSON each: keep the list apart from backups of the keys')
  .option('--replay <file>', 'forget all in such a list again, after a backup of the keys was restored')
  .action((options: ForgottenOptions) => forgotten(options));

program
  .command('synth')
  .description('fill a new data folder with a log of fictional rounds, for measuring and for trying things out')
  .option('--events <number>', 'at least so many', '100000')
  .option('--seed <number>', 'the same seed makes the same rounds', '1')
  .requiredOption('--into <folder>', 'a folder that has no log yet')
  .action((options: SynthOptions) => synthesise(options));

program
  .command('watch')
  .description('what happens in a call, a matter or a region, as the server tells it: a line of JSON for each event, until you stop it')
  .option('--call <id>', 'all that belongs to this call, such as coordination-2019')
  .option('--matter <id>', 'all that belongs to one applicant’s case, such as coordination-2019--12 (or --R12)', spelledMatter)
  .addOption(new Option('--region <code>', 'all that is told of this region: 19, or R19 as the API writes it').argParser(regionOf))
  .option('--after <position>', 'after this position; from the beginning without it')
  .option('--token <token>', 'see what this token may see; what is public without it')
  .option('--url <url>', 'of another server than the one that runs on the data folder')
  .action((options: WatchOptions) => watch(options));

program
  .command('export <connection>')
  .description('a list of the API as a file: services, providers, regions’ lists, call.applications with --argument id=coordination-2019')
  .addOption(new Option('--format <format>', 'comma-separated values, or a line of JSON each').choices(['csv', 'ndjson']).default('csv'))
  .option('--argument <name=value...>', 'an argument of the list, such as region=R19 or asOf=2025-06-30')
  .option('--columns <names>', 'only these, in this order, with commas between')
  .option('--token <token>', 'what this token may see; what is public without it')
  .option('--url <url>', 'of another server than the one that runs on the data folder')
  .action((connection: string, options: ExportOptions) => exportConnection(connection, options));

program
  .command('token')
  .description('a signed token for development: send it as «Authorization: Bearer …»')
  .addOption(new Option('--role <role...>', 'what the person is').choices([...roles]).makeOptionMandatory())
  .addOption(new Option('--region <code>', 'the region of a regional coordinator: 19, or R19 as the API writes it').argParser(regionOf))
  .option('--organisation <id>', 'the organisation of a signatory or provider, such as council-01')
  .option('--subject <name>', 'who the person is to the issuer', 'developer')
  .option('--lifetime <time>', 'how long it is good for: 8h, 30d', '8h')
  .action((options: TokenOptions) => printToken(options));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const told = explained(error);
    process.stderr.write(`digituki: ${told instanceof CannotStart ? told.message : (told as Error).stack}\n`);
    process.exitCode = 1;
  }
}
