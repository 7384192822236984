import { basename } from 'node:path';
import type { ESLint, Rule } from 'eslint';
import ts from 'typescript';

interface TypeServices {
  readonly program: ts.Program;
  readonly getTypeAtLocation: (node: unknown) => ts.Type;
}

/**
 * A key from outside finds what every object inherits: `texts['constructor']` is a function. A dictionary is asked by
 * `entry` of the kernel, or it is a `Map`.
 */
const ownEntries: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      inherited: 'Any string finds what objects inherit, as «constructor»: ask by entry() of #kernel/keyed, or keep a Map.',
    },
  },
  create(context) {
    const { program, getTypeAtLocation } = context.sourceCode.parserServices as TypeServices;
    const checker = program.getTypeChecker();
    const constituents = (type: ts.Type): readonly ts.Type[] => {
      const apparent = checker.getBaseConstraintOfType(type) ?? type;
      return apparent.isUnion() ? apparent.types : [apparent];
    };
    const isAnyString = (node: unknown) =>
      constituents(getTypeAtLocation(node)).some(
        ({ flags }) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.String)) !== 0,
      );
    const isDictionary = (node: unknown) =>
      constituents(getTypeAtLocation(node)).some(
        (type) => type.flags & ts.TypeFlags.Any || checker.getIndexInfoOfType(type, ts.IndexKind.String) !== undefined,
      );
    /** Reports the node where the key, which may be any string, is looked for in a dictionary. */
    const check = (node: Rule.Node, dictionary: unknown, key: unknown) => {
      if (isAnyString(key) && isDictionary(dictionary)) context.report({ node, messageId: 'inherited' });
    };
    return {
      MemberExpression: (node) => node.computed && check(node, node.object, node.property),
      'ObjectPattern > Property': (node: Rule.Node) => node.type === 'Property' && node.computed && check(node, node.parent, node.key),
      BinaryExpression(node) {
        if (node.operator === 'in' && isAnyString(node.left)) context.report({ node, messageId: 'inherited' });
      },
    };
  },
};

/** A file says its role: by it the other rules know what it may do. Its option is the pattern of the names. */
const roleInName: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'string' }],
    messages: { unnamed: '«{{name}}» does not say its role: <thing>.<role>.ts, with a role of apps/tools/src/house.ts.' },
  },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      if (!new RegExp(context.options[0] as string).test(name)) context.report({ node, messageId: 'unnamed', data: { name } });
    },
  }),
};

/** The rules of the house that ESLint does not have. */
export const house: ESLint.Plugin = { rules: { 'own-entries': ownEntries, 'role-in-name': roleInName } };
