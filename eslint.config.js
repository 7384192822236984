import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { runInNewContext } from 'node:vm';
import tseslint from 'typescript-eslint';
import { contextLayers, pureFiles, roles, specRoles, specSubjects } from './apps/tools/src/house.ts';
import { house } from './apps/tools/src/lint.ts';

const pureRoles = [...roles].flatMap(([name, { isPure }]) => (isPure ? [name] : []));
const pure = [`libs/*/src/**/*.{${pureRoles}}.ts`, 'libs/kernel/src/**/*.ts', ...pureFiles];
const specs = `**/*.{${specRoles}}.ts`;

const either = (names) => `(?:${[...names].join('|')})`;
const thing = '[a-z0-9]+(?:-[a-z0-9]+)*';
const named = `^${thing}\\.(?:${either(roles.keys())}|(?:${either(specSubjects)}\\.)?${either(specRoles)})\\.ts$`;

const purity = 'Pure files read no clock, no chance and nothing outside: time, ids and the actor come in with the command’s envelope.';
const computingGlobals = ['Buffer', 'URL', 'URLSearchParams', 'TextDecoder', 'TextEncoder', 'structuredClone'];
/** All that Node adds to the language but what only computes, and what of the language reaches outside or makes code of text. */
const impureGlobals = [
  ...new Set(Object.getOwnPropertyNames(globalThis)).difference(
    new Set([...runInNewContext('Object.getOwnPropertyNames(globalThis)'), ...computingGlobals]),
  ),
  ...['globalThis', 'console', 'eval', 'Function', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'WebAssembly'],
];
const impureProperties = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['Temporal', 'Now'],
];
const impureSyntax = [
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
  // Without an argument it formats the present.
  'CallExpression[callee.property.name=/^format(ToParts)?$/][arguments.length=0]',
  // An alias would hide what is read of it.
  'VariableDeclarator > Identifier.init[name=/^(Date|Math|Temporal|Intl|Reflect)$/]',
  'ImportExpression',
  'MetaProperty',
].map((selector) => ({ selector, message: purity }));
const cryptoInPureFiles = { name: 'node:crypto', allowImportNames: ['createHash', 'hash'], message: purity };

const oneBus =
  'Of @nestjs/cqrs there is the bus of commands. Events are read from the log: by a projection for a question, by a process for what follows, by a decider for a rule.';
/** The rest of it would publish events past the log, or act on them without a checkpoint. */
const commandsOnly = {
  name: '@nestjs/cqrs',
  allowImportNames: ['CommandBus', 'CommandHandler', 'CqrsModule', 'ICommandHandler'],
  message: oneBus,
};

/** Code-first's resolver of such a field is stripped (libs/edge/src/transformed-schema.ts): it would silently answer null. */
const strippedOptions = {
  selector:
    "CallExpression[callee.name='Field'] > ObjectExpression > Property:matches([key.name=/^(name|defaultValue)$/], [key.value=/^(name|defaultValue)$/])",
  message: 'A field answers the property of its own name: name the property so, and give the default where the value is made.',
};

/** Nest calls a field's method as it is where none of its parameters is decorated; else each costs several promises a field. */
const plainFields = {
  selector:
    "MethodDefinition:has(> Decorator[expression.callee.name='ResolveField']):has(Decorator[expression.callee.name='Parent']):not(:has(Decorator[expression.callee.name=/Arg/]))",
  message: 'A field without arguments takes (object, arguments, context), none of them decorated.',
};

/** What is imported by a computed name, got from Node at run time, or handed on by another file, is seen by no rule of layers. */
const seenImports = [
  { selector: "ImportExpression:not([source.type='Literal'])", message: 'An import names its file, so that the rules of layers see it.' },
  { selector: "ImportExpression[source.value='@nestjs/cqrs']", message: oneBus },
  { selector: ':matches(ExportAllDeclaration, ExportSpecifier)', message: 'An import names the file that says it: nothing is handed on.' },
];
const noRequire = {
  name: 'node:module',
  importNames: ['createRequire', 'Module', 'default'],
  message: 'An import names its file, so that the rules of layers see it.',
};

const restrictedSpecs = [
  'MemberExpression[property.name=/^(only|skip)$/]:matches([object.name=/^(describe|it|test)$/], [object.property.name=/^(concurrent|failing)$/])',
  'Identifier[name=/^(fdescribe|fit|xdescribe|xit|xtest)$/]',
].map((selector) => ({ selector, message: 'Every spec runs, always.' }));

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'demo-data/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  // Run by MongoDB's shell.
  { files: ['deploy/mongodb/*.js'], languageOptions: { globals: { connect: 'readonly', sleep: 'readonly' } } },
  { files: ['**/*.{js,cjs}'], languageOptions: { globals: { module: 'writable', process: 'readonly', URL: 'readonly' } } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // The compiler finds them (noUnusedLocals, noUnusedParameters).
      '@typescript-eslint/no-unused-vars': 'off',
      // A port promises; an adapter in memory has nothing to wait for, and a short task nothing to tell on its way.
      '@typescript-eslint/require-await': 'off',
      'require-yield': 'off',
      // What was caught is handed on as it is.
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: [specs],
    plugins: { house },
    rules: {
      'house/own-entries': 'error',
      'no-restricted-syntax': ['error', strippedOptions, plainFields, ...seenImports],
      'no-restricted-imports': ['error', { paths: [commandsOnly, noRequire] }],
    },
  },
  {
    files: contextLayers.flat().map((library) => `libs/${library}/src/**`),
    plugins: { house },
    rules: { 'house/role-in-name': ['error', named] },
  },
  {
    files: [specs],
    rules: {
      'no-restricted-syntax': ['error', strippedOptions, ...restrictedSpecs],
      // Specs read answers as they come: what is not there as expected fails them.
      ...Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [`@typescript-eslint/no-unsafe-${use}`, 'off']),
      ),
    },
  },
  {
    files: pure,
    ignores: [specs],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: purity }))],
      'no-restricted-properties': ['error', ...impureProperties.map(([object, property]) => ({ object, property, message: purity }))],
      'no-restricted-syntax': ['error', strippedOptions, ...seenImports, ...impureSyntax],
      'no-restricted-imports': ['error', { paths: [commandsOnly, noRequire, cryptoInPureFiles] }],
    },
  },
);
