import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the stand-in was compiled to: beside this file, or where specs find it, which run from the source. */
const beside = fileURLToPath(new URL('./stand-in-server.testing.js', import.meta.url));
const built = existsSync(beside)
  ? beside
  : fileURLToPath(new URL('../../../../dist/libs/event-store/src/eventstoredb/stand-in-server.testing.js', import.meta.url));

/** The stand-in in a process of its own, which the operating system can stop and kill. Build first. */
export class StandInProcess {
  private child: ChildProcess | undefined;

  /** On a port that is free where none is given. */
  constructor(
    private readonly file: string,
    private port = '0',
  ) {}

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Starts it, the second time on the same port with the same file. */
  async start(): Promise<this> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', built, '--file', this.file, '--port', this.port], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the stand-in did not start: is it built?')));
    const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
    ended.catch(() => {});
    this.port = /\d+/.exec(String(said))?.[0] ?? '';
    return this;
  }

  /** It keeps its connections and answers nothing. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
