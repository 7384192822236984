import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assemblyLayers, contextLayers, plumbingLayers, pureFiles, roles } from './house.js';

const root = join(import.meta.dirname, '../../..');
const node = (cwd: string, ...args: string[]) =>
  new Promise<{ out: string; trouble: string; code: number }>((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1 << 26 }, (error, out, trouble) =>
      resolve({ out, trouble, code: error ? Number(error.code) : 0 }),
    );
  });

/** A house of these files, for the tools to find fault with. */
class Sample {
  readonly folder = mkdtempSync(join(tmpdir(), 'rules-'));

  constructor(files: Readonly<Record<string, string>>) {
    for (const name of ['package.json', 'tsconfig.json']) cpSync(join(root, name), join(this.folder, name));
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** What ESLint says of each file. */
  async linted(): Promise<readonly (readonly [path: string, rule: string, message: string])[]> {
    const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
    const { out, trouble } = await node(this.folder, eslint, '-c', join(root, 'eslint.config.js'), '-f', 'json', '.');
    if (out === '') throw new Error(trouble);
    const found = JSON.parse(out) as { filePath: string; messages: { ruleId: string | null; message: string }[] }[];
    return found.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => [filePath.split('/').slice(-4).join('/'), String(ruleId), message] as const),
    );
  }

  /** The rules of imports, and which of them each file breaks. */
  async cruised(name = '.dependency-cruiser.cjs'): Promise<{ rules: readonly string[]; brokenBy: (path: string) => readonly string[] }> {
    const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(root, name);
    const { out, trouble } = await node(this.folder, depcruise, '--preserve-symlinks', '--config', config, '-T', 'json', 'apps', 'libs');
    if (out === '') throw new Error(trouble);
    const { summary } = JSON.parse(out) as {
      summary: { violations: { from: string; rule: { name: string } }[]; ruleSetUsed: { forbidden: { name: string }[] } };
    };
    return {
      rules: summary.ruleSetUsed.forbidden.map(({ name }) => name),
      brokenBy: (path) => summary.violations.flatMap(({ from, rule }) => (from === path ? [rule.name] : [])),
    };
  }

  async unread(): Promise<readonly string[]> {
    const { trouble } = await node(this.folder, join(root, 'dist/apps/tools/src/check-unread.js'), this.folder);
    return trouble.split('\n').filter((line) => line !== '');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const pureRoles = [...roles].flatMap(([name, { isPure }]) => (isPure ? [name] : []));

/** Files that break a rule of ESLint each, by the rule. */
const impure: readonly (readonly [text: string, rule: string])[] = [
  ['export const at = Date.now();', 'no-restricted-properties'],
  ["export const at = Date['now']();", 'no-restricted-properties'],
  ['export const { random } = Math;', 'no-restricted-properties'],
  ['export const at = Temporal.Now.instant();', 'no-restricted-properties'],
  ['export const at = new Date();', 'no-restricted-syntax'],
  ['export const at = Date();', 'no-restricted-syntax'],
  ['const Clock = Date;\nexport const at = Clock.now();', 'no-restricted-syntax'],
  ["export const at = new Intl.DateTimeFormat('fi').format();", 'no-restricted-syntax'],
  ["export const fs = await import('node:fs');", 'no-restricted-syntax'],
  ['export const here = import.meta.url;', 'no-restricted-syntax'],
  ['export const at = performance.now();', 'no-restricted-globals'],
  ['export const name = process.env.USER;', 'no-restricted-globals'],
  ["export const page = fetch('https://example.org');", 'no-restricted-globals'],
  ['export const id = crypto.randomUUID();', 'no-restricted-globals'],
  ['export const global = globalThis;', 'no-restricted-globals'],
  ["import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();", 'no-restricted-imports'],
];
const record = 'declare const texts: Readonly<Record<string, string>>;\ndeclare const key: string;\n';
const lookedUp: readonly string[] = [
  'export const text = texts[key];',
  'export const isThere = key in texts;',
  'export const { [key]: text } = texts;',
  "export const put = () => { (texts as Record<string, string>)[key] = ''; };",
  'export const text = <Key extends string>(one: Key) => texts[one];',
];
const published: readonly string[] = [
  "import { EventBus } from '@nestjs/cqrs';\nexport const bus = EventBus;",
  "import { Saga, AggregateRoot } from '@nestjs/cqrs';\nexport const all = [Saga, AggregateRoot];",
  "import * as cqrs from '@nestjs/cqrs';\nexport const bus = cqrs.EventPublisher;",
];
const hidden: readonly (readonly [text: string, rule: string])[] = [
  ['export const load = (name: string): Promise<unknown> => import(name);', 'no-restricted-syntax'],
  ["export const cqrs = (): Promise<unknown> => import('@nestjs/cqrs');", 'no-restricted-syntax'],
  ["export * from './other.js';", 'no-restricted-syntax'],
  ["export { other } from './other.js';", 'no-restricted-syntax'],
  ["import { other } from './other.js';\nexport { other };", 'no-restricted-syntax'],
  ["import { createRequire } from 'node:module';\nexport const load = createRequire(import.meta.url);", 'no-restricted-imports'],
];
const misnamed = ['helpers.ts', 'plan.helper.ts', 'Plan.rules.ts', 'plan.rules.helper.spec.ts', 'plan_steps.rules.ts'];
const wellNamed = ['plan.rules.ts', 'plan-steps.rules.spec.ts', 'plan.spec.ts', 'plan.properties.spec.ts', 'plan.testing.ts'];

describe('a file that breaks a rule of the house', () => {
  let sample: Sample;
  let found: Awaited<ReturnType<Sample['linted']>>;
  const files: Record<string, string> = { 'libs/edge/src/other.ts': 'export const other = 1;' };
  const put = (path: string, text: string) => {
    files[path] = `${text}\n`;
    return path;
  };
  const inEveryPureFile = [
    ...pureRoles.map((role) => `libs/plans/src/clock.${role}.ts`),
    ...pureRoles.map((role) => `libs/views/src/fold/clock.${role}.ts`),
    ...pureFiles,
    'libs/kernel/src/clock.ts',
  ].map((path) => put(path, 'export const at = Date.now();'));
  const cases = [
    ...impure.map(([text, rule], index) => [put(`libs/plans/src/impure-${index}.rules.ts`, text), rule] as const),
    ...lookedUp.map((text, index) => [put(`libs/edge/src/looked-up-${index}.ts`, record + text), 'house/own-entries'] as const),
    ...published.map((text, index) => [put(`apps/api/src/published-${index}.ts`, text), 'no-restricted-imports'] as const),
    ...published.map((text, index) => [put(`libs/plans/src/published-${index}.decider.ts`, text), 'no-restricted-imports'] as const),
    ...hidden.map(([text, rule], index) => [put(`libs/edge/src/hidden-${index}.ts`, text), rule] as const),
    ...misnamed.map((name) => [put(`libs/guidance/src/${name}`, 'export const one = 1;'), 'house/role-in-name'] as const),
  ];
  const good = [
    ...wellNamed.map((name) => put(`libs/grants/src/${name}`, 'export const one = 1;')),
    put('libs/edge/src/helpers.ts', 'export const one = () => Date.now();'),
    put(
      'libs/plans/src/good.rules.ts',
      "import { createHash } from 'node:crypto';\nexport const hash = createHash;\nexport const day = new Date(0);",
    ),
    put('libs/edge/src/good.ts', `${record}export const text = Object.hasOwn(texts, key) ? texts.fi : [key][0];`),
    put(
      'libs/edge/src/known.ts',
      "declare const named: Record<'fi' | 'sv', string>;\nexport const text = (key: 'fi' | 'sv') => named[key];",
    ),
    put('apps/api/src/bus.ts', "import { CommandBus } from '@nestjs/cqrs';\nexport const bus = CommandBus;"),
  ];

  beforeAll(async () => {
    sample = new Sample(files);
    found = await sample.linted();
  }, 300_000);
  afterAll(() => sample.remove());

  const rulesFor = (path: string) => found.flatMap(([file, rule]) => (path.endsWith(file) ? [rule] : []));

  it.each(inEveryPureFile)('reads no clock where it is pure: %s', (path) => {
    expect(rulesFor(path)).toEqual(['no-restricted-properties']);
  });

  it.each(cases)('is found by ESLint: %s by %s', (path, rule) => {
    expect(rulesFor(path)).toContain(rule);
  });

  it('is told from one that keeps them', () => {
    expect(good.flatMap((path) => rulesFor(path))).toEqual([]);
  });

  it('is told what to do instead', () => {
    const messages = new Map(found.map(([file, , message]) => [file, message]));
    expect(messages.get('apps/api/src/published-0.ts')).toContain('a projection for a question, by a process for what follows');
    expect(messages.get('libs/edge/src/looked-up-0.ts')).toContain('entry() of #kernel/keyed');
  });
});

describe('an import that breaks a rule of the house', () => {
  let sample: Sample;
  let found: Awaited<ReturnType<Sample['cruised']>>;
  const layers = [...plumbingLayers, ...contextLayers, ...assemblyLayers];
  const known = [...roles].filter(([name]) => name !== 'edge').map(([name]) => name);
  const files: Record<string, string> = {
    ...Object.fromEntries(known.map((role) => [`libs/plans/src/plan.${role}.ts`, `export const ${role} = 1;`])),
    'libs/system/src/top.ts': 'export const top = 1;',
    'libs/access/src/policy.ts': 'export const policy = 1;',
    'libs/edge/src/other.ts': 'export const other = 1;',
    'libs/views/src/upmost.ts': 'export const upmost = 1;',
    'libs/edge/src/cycle-b.ts': "import './cycle-a.js';",
    'libs/edge/src/some.testing.ts': 'export const some = 1;',
    'libs/view-store/src/view-store.ts': 'export const store = 1;',
    'apps/api/src/main.ts': 'export const main = 1;',
  };
  const valueOf = (name: string, from: string) => `import { ${name} } from '${from}';\nexport const one = ${name};`;
  const cases = (
    [
      ['libs/edge/src/nowhere.ts', "import './nowhere-at-all.js';", 'resolvable'],
      ['libs/edge/src/cycle-a.ts', "import './cycle-b.js';", 'no-cycles'],
      ...layers
        .slice(0, -1)
        .flat()
        .map((library) => [`libs/${library}/src/upward.ts`, valueOf('top', '#system/top'), `layers-${library}`]),
      ['libs/engines/src/beside.ts', valueOf('policy', '#access/policy'), 'layers-engines'],
      ['libs/unknown/src/one.ts', valueOf('other', '#edge/other'), 'layers-known'],
      ['libs/edge/src/index.ts', valueOf('other', './other.js'), 'no-index'],
      ['libs/grants/src/foreign.rules.ts', valueOf('rules', '#plans/plan.rules'), 'context-vocabulary'],
      ['libs/grants/src/lazy.resolver.ts', "export const one = await import('#plans/plan.resolver');", 'context-vocabulary'],
      ['libs/plans/src/upward.context.ts', valueOf('top', '#system/top'), 'contexts-below-system'],
      ['libs/system/src/one.ts', valueOf('events', '#plans/plan.events'), 'contexts-listed-once'],
      ['libs/edge/src/value.ts', valueOf('events', '#plans/plan.events'), 'plumbing-knows-no-context'],
      [
        'libs/edge/src/type.ts',
        "import type { events } from '#plans/plan.events';\nexport type One = typeof events;",
        'plumbing-knows-no-context',
      ],
      ['libs/edge/src/lazy.ts', "export const one = await import('#plans/plan.events');", 'plumbing-knows-no-context'],
      ['libs/edge/src/typeof.ts', "export type One = typeof import('#plans/plan.events');", 'plumbing-knows-no-context'],
      ['libs/edge/src/relative.ts', "import '../../plans/src/plan.events.js';", 'plumbing-knows-no-context'],
      ['libs/edge/src/spread.ts', "export * from '#plans/plan.events';", 'plumbing-knows-no-context'],
      ['libs/edge/src/by-an-app.ts', "import '../../../apps/api/src/main.js';", 'plumbing-knows-no-context'],
      ['libs/kernel/src/files.ts', "import 'node:fs';", 'kernel-stands-alone'],
      ...pureRoles.map((role) => [`libs/plans/src/files.${role}.ts`, "import 'node:fs';", 'pure']),
      ['libs/plans/src/edge.rules.ts', valueOf('other', '#edge/other'), 'pure'],
      ['libs/plans/src/service.rules.ts', valueOf('service', './plan.service.js'), 'pure'],
      ['libs/plans/src/commands.decider.ts', valueOf('commands', './plan.commands.js'), 'pure-types-only'],
      ['libs/plans/src/store.audience.ts', valueOf('store', '#view-store/view-store'), 'pure-types-only'],
      ['libs/plans/src/words.types.ts', "import 'diff';", 'package-diff'],
      ['libs/payments/src/xml.types.ts', "import 'saxes';", 'package-saxes'],
      ...[...roles].flatMap(([name, { imports, importsTypes }]) => {
        const other = known.find((role) => ![...imports, ...importsTypes].includes(role)) as string;
        const [asType] = importsTypes;
        return [
          [`libs/plans/src/role.${name}.ts`, valueOf(other, `./plan.${other}.js`), `role-${name}`],
          ...(asType ? [[`libs/plans/src/value.${name}.ts`, valueOf(asType, `./plan.${asType}.js`), `role-${name}-types`]] : []),
        ];
      }),
      ...['skip', 'lease', 'fold', 'past', 'life', 'rebuild', 'share', 'run'].map((folder) => [
        `libs/views/src/${folder}/upward.ts`,
        valueOf('upmost', '../upmost.js'),
        `view-folders-${folder}`,
      ]),
      ['libs/views/src/life/view-life.ts', valueOf('upmost', '../upmost.js'), 'view-life-pure'],
      ['libs/system/src/app.ts', "import '../../../apps/api/src/main.js';", 'libraries-below-apps'],
      ['apps/cli/src/main.ts', "import '../../api/src/main.js';", 'apps-apart'],
      ['libs/edge/src/help.ts', valueOf('some', './some.testing.js'), 'specs-are-leaves'],
      ['libs/edge/src/development.ts', "import 'fast-check';", 'no-development-packages'],
    ] as [string, string, string][]
  ).map(([path, text, rule]) => {
    files[path] = `${text}\n`;
    return [path, rule] as const;
  });

  beforeAll(async () => {
    sample = new Sample(files);
    found = await sample.cruised();
  }, 300_000);
  afterAll(() => sample.remove());

  it.each(cases)('is found: in %s by %s', (path, rule) => {
    expect(found.brokenBy(path)).toContain(rule);
  });

  it('is one of a rule that can be broken: each is, here', () => {
    expect(new Set(cases.map(([, rule]) => rule))).toEqual(new Set(found.rules));
  });

  it('is told from what keeps them', () => {
    expect(known.flatMap((role) => found.brokenBy(`libs/plans/src/plan.${role}.ts`))).toEqual([]);
  });
});

describe('what a background thread loads', () => {
  const values = "import { Resolver } from '@nestjs/graphql';\nexport const edge = Resolver;\n";
  const sample = new Sample({
    'libs/edge/src/other.ts': values,
    'libs/plans/src/plans.context.ts':
      "import type { edge } from '#edge/other';\nexport type Edge = typeof edge;\nexport const context = 1;\n",
    'libs/plans/src/plans.edge.ts': "import { edge } from '#edge/other';\nexport const one = edge;\n",
    'libs/system/src/light-worker.ts': "import { context } from '#plans/plans.context';\nexport const one = context;\n",
    'libs/system/src/heavy-worker.ts': "import { one } from '#plans/plans.edge';\nexport const two = one;\n",
    'apps/api/src/server.ts': "import { one } from '#plans/plans.edge';\nexport const two = one;\n",
  });
  afterAll(() => sample.remove());

  it('is nothing of the edge, at however many steps; its types are free', async () => {
    const { brokenBy } = await sample.cruised('.dependency-cruiser.threads.cjs');
    expect(brokenBy('libs/system/src/heavy-worker.ts')).toContain('threads-without-edge');
    expect(brokenBy('libs/system/src/light-worker.ts')).toEqual([]);
    expect(brokenBy('apps/api/src/server.ts')).toEqual([]);
  }, 120_000);
});

describe('what is stored and never asked', () => {
  const files = {
    'libs/kernel/src/event-schema.ts': 'export const v1 = () => ({ next: () => ({}) });',
    'libs/view-store/src/view-store.ts': `
      export type Where<Row> = { readonly [Field in keyof Row & string]?: unknown };
      export declare function find<Row>(rows: readonly Row[], question: { where?: Where<Row> }): readonly Row[];`,
    'libs/plans/src/plan.events.ts': `
      import { v1 } from '../../kernel/src/event-schema.js';
      export const planEvents = { PlanDrafted: v1(), PlanRevised: v1().next(), PlanLost: v1(), PlanIgnored: v1() };`,
    'libs/plans/src/plan.decider.ts': `
      export const decide = (isNew: boolean) => [{ type: isNew ? 'PlanDrafted' : 'PlanRevised' }, { type: 'PlanIgnored' as const }];`,
    'libs/plans/src/plans.projection.ts': `
      export interface Row {
        accessed: string; named: string; asked: string; copied: string; whole: string; inPlace: string; looked: string;
        unread: string; rewritten: readonly string[]; dropped: string; nested: { inner: string };
      }
      export const on = {
        PlanDrafted: (row: Row): Row => ({ ...row, rewritten: [...row.rewritten, ''] }),
        PlanRevised: (row: Row): Row => { const { rewritten } = row; return { ...row, rewritten: [...rewritten, ''] }; },
        PlanLost: (row: Row): Row => ({ ...row, unread: '' }),
        PlanIgnored: (row: Row) => row,
      };`,
    'libs/plans/src/plans.resolver.ts': `
      import { find } from '../../view-store/src/view-store.js';
      import type { Row } from './plans.projection.js';
      interface PlanType { copied: string; named: string }
      declare function canonicalJson(value: unknown): string;
      const region = ({ inPlace }: { inPlace: string }) => inPlace;
      export function answer(rows: readonly Row[]): readonly PlanType[] {
        const where = { asked: 'x' };
        return find(rows, { where }).map((row) => {
          const { accessed: _, dropped: _dropped, unread: _unread, rewritten: _rewritten, ...rest } = row;
          const { named } = row;
          void [row.accessed, region(row), row['looked'], row.nested, canonicalJson({ whole: row.whole })];
          return { ...rest, named };
        });
      }`,
  };

  it('is found: fields that nobody reads, events that nobody decides on or that change nothing', async () => {
    const sample = new Sample(files);
    const told = (await sample.unread()).map((line) => line.replace(/^\S+\/([^/]+:).*?(«|nothing|no fold)/, '$1 $2'));
    sample.remove();
    expect(told.sort()).toEqual([
      'plan.events.ts: no fold and no projection does anything with «PlanIgnored»',
      'plan.events.ts: nothing emits «PlanLost»',
      'plans.projection.ts:4: «dropped»',
      'plans.projection.ts:4: «inner»',
      'plans.projection.ts:4: «rewritten»',
      'plans.projection.ts:4: «unread»',
    ]);
  }, 300_000);
});
