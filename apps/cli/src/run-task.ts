import { DataFolder } from '#system/data-folder';
import { CannotStart, readSettings } from '#system/settings';
import { System } from '#system/system';
import { runTask, type TaskInput, type TaskLine, type TaskName } from '#system/tasks';
import { endProgress, showProgress } from './progress.js';

const say = (text: string) => process.stderr.write(`${text}\n`);
const warn = (message: string, details: object = {}) =>
  say(`digituki: ${message}${Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''}`);

/** Runs a task where it can be run: by the server that holds the data folder, else in this process. Gives its result. */
export async function run(name: TaskName, input: TaskInput = {}): Promise<unknown> {
  const settings = readSettings(process.env);
  const running = new DataFolder(settings.dataFolder).running();
  if (running) {
    say(`by the server at ${running.url}`);
    return resultOf(askServer(running.url, running.adminToken, name, input));
  }
  const onServers = settings.logUrl !== undefined && settings.viewsUrl !== undefined;
  say(`in this process, on ${onServers ? 'the servers of EVENTSTORE_URL and MONGODB_URL' : settings.dataFolder}`);
  // A tool that took its share would keep it from those who act on it.
  const system = await System.open({
    settings: { ...settings, runsProjections: settings.runsProjections && !onServers },
    reporter: { warn },
  });
  try {
    return await resultOf(runTask(system, name, input));
  } finally {
    await system.close();
  }
}

async function resultOf(lines: AsyncIterable<TaskLine>): Promise<unknown> {
  for await (const line of lines) {
    if ('progress' in line) {
      showProgress(line.progress);
      continue;
    }
    endProgress();
    if ('result' in line) return line.result;
    throw new CannotStart(line.error.message);
  }
  throw new CannotStart('the server ended before the work was done: see its log, and start it again.');
}

async function* askServer(url: string, token: string, name: TaskName, input: TaskInput): AsyncGenerator<TaskLine> {
  let response;
  try {
    response = await fetch(`${url}/admin/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
  } catch (error) {
    throw new CannotStart(`the server at ${url} holds the data folder, but does not answer (${String((error as Error).cause ?? error)}).`, {
      cause: error,
    });
  }
  if (!response.ok || !response.body) throw new CannotStart(`the server at ${url} answered ${response.status}: ${await response.text()}`);
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as TaskLine;
  }
}
