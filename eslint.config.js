import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const pureFiles = ['libs/*/src/**/*.{events,facts,rules,decider,projection,process}.ts', 'libs/kernel/src/**/*.ts'];
const specs = '**/*.{spec,contract,testing}.ts';

const purity = 'Pure files read no clock, no chance and nothing outside: time, ids and the actor come in with the command’s envelope.';
const impureGlobals = [
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
];
const impureProperties = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['Temporal', 'Now'],
];

/** Code-first's resolver of such a field is stripped (libs/edge/src/transformed-schema.ts): it would silently answer null. */
const strippedOptions = {
  selector:
    "CallExpression[callee.name='Field'] > ObjectExpression > Property:matches([key.name=/^(name|defaultValue)$/], [key.value=/^(name|defaultValue)$/])",
  message: 'A field answers the property of its own name: name the property so, and give the default where the value is made.',
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
  { files: ['libs/*/src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', strippedOptions] } },
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
    files: pureFiles,
    ignores: [specs],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: purity }))],
      'no-restricted-properties': ['error', ...impureProperties.map(([object, property]) => ({ object, property, message: purity }))],
      'no-restricted-syntax': [
        'error',
        strippedOptions,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: purity },
        { selector: "CallExpression[callee.name='Date']", message: purity },
      ],
      'no-restricted-imports': ['error', { paths: [{ name: 'node:crypto', allowImportNames: ['createHash'], message: purity }] }],
    },
  },
);
