import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, commandOf, type Member } from './cluster.testing.js';
import { anyOrganisation, callAhead, Follower, Load } from './load.testing.js';

/** For how long; half a minute is enough to see that it runs. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const sampleMs = 2_000;
/** The heap is as large as what is alive only just after it was collected: the lowest of so many samples. */
const samplesOfHeap = 10;
const clients = 4;
const restMs = 100;
const call = 'soaked';

/** What one process takes of the machine. */
interface Sample {
  readonly 'RSS, MB': number;
  readonly 'heap, MB': number;
  readonly descriptors: number;
  readonly 'sockets, all': number;
  readonly 'of clients': number;
  readonly 'to the log': number;
  readonly 'to MongoDB': number;
}

async function sample({ url, pid, port }: Member, logPort: number, viewsPort: number): Promise<Sample> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return '';
    }
  });
  const known = connections();
  const ends = links.map((link) => known.get(link)).filter((end) => end !== undefined);
  return {
    'RSS, MB': metric('process_resident_memory_bytes') / 1e6,
    'heap, MB': metric('nodejs_heap_size_used_bytes') / 1e6,
    descriptors: links.length,
    'sockets, all': links.filter((link) => link.startsWith('socket:')).length,
    'of clients': ends.filter(({ local }) => local === port).length,
    'to the log': ends.filter(({ remote }) => remote === logPort).length,
    'to MongoDB': ends.filter(({ remote }) => remote === viewsPort).length,
  };
}

/** The ports of every connection of this machine, by the name that its descriptors have: https://docs.kernel.org/networking/proc_net_tcp.html */
function connections(): ReadonlyMap<string, { readonly local: number; readonly remote: number }> {
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  const portOf = (address: string | undefined) => Number.parseInt(address?.split(':')[1] ?? '', 16);
  return new Map(
    lines
      .map((line) => line.trim().split(/\s+/))
      .map(([, local, remote, , , , , , , inode]) => [`socket:[${inode}]`, { local: portOf(local), remote: portOf(remote) }]),
  );
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
const lowest = (numbers: readonly number[]) =>
  numbers.map((_, index) => Math.min(...numbers.slice(index - (index % samplesOfHeap), index - (index % samplesOfHeap) + samplesOfHeap)));

/** Runs a cluster under load for a while, restarts the servers between its processes every minute, and tells whether what the processes take grows. On Linux. */
async function soak(): Promise<void> {
  const python = process.env['SECANTUS_PYTHON'];
  if (python === undefined) throw new Error('needs a server that can be killed: npm run soak brings it');
  await using cluster = await Cluster.prepare(python);
  await cluster.start();
  const token = await cluster.token('ministry-presenter');
  for (const [mutation, input] of [
    ['planCall', callAhead(call)],
    ['publishCall', { call }],
  ] as const)
    await cluster.send(commandOf(mutation, input), cluster.apis[0], token);
  const follower = new Follower(cluster, call);
  let made = 0;
  const next = () =>
    made++ % 20 === 0
      ? commandOf('nameCallContact', { call, contact: `contact-${made}`, office: { fi: 'Neuvonta' }, name: `Kuvitteellinen ${made}` })
      : anyOrganisation();
  const load = new Load(cluster, token, clients, next, restMs);

  const portOf = (url: string) => Number(new URL(url).port);
  const names = ['api A', 'api B', 'worker A', 'worker B'];
  const samples = new Map<string, Sample[]>(names.map((name) => [name, []]));
  const end = performance.now() + minutes * 60_000;
  let restarts = 0;
  for (let since = performance.now(); performance.now() < end; await sleep(sampleMs)) {
    for (const [index, member] of cluster.members.entries())
      samples.get(names[index] as string)?.push(await sample(member, portOf(cluster.log.url), portOf(cluster.views.url)));
    if (performance.now() - since < 30_000) continue;
    since = performance.now();
    const engine = restarts++ % 2 === 0 ? cluster.log : cluster.views;
    await engine.kill();
    await sleep(2_000);
    await engine.start();
  }
  await load.stop();
  await follower.stop();

  const print = (...cells: readonly unknown[]) =>
    process.stdout.write(`${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(24) : String(cell).padStart(14))).join('')}\n`);
  print('', 'first third', 'last third', 'ratio');
  for (const [name, taken] of samples) {
    for (const kind of Object.keys(taken[0] as Sample) as (keyof Sample)[]) {
      const all = taken.map((one) => one[kind]);
      const series = kind === 'heap, MB' ? lowest(all) : all;
      const third = Math.floor(series.length / 3);
      const [first, last] = [median(series.slice(0, third)), median(series.slice(-third))];
      print(`${name}: ${kind}`, first.toFixed(1), last.toFixed(1), first === last ? '1.00' : (last / first).toFixed(2));
    }
  }
  print('minutes', minutes);
  print('restarts of servers', restarts);
  print('commands', load.acknowledged.size);
  print('sent again', load.repeats);
  print('told to a subscriber', follower.got.length);
  print('faults', cluster.faults.length);
}

await soak();
