import ts from 'typescript';

/** The types of these files hold what was folded: rows, facts, states, and the timers of processes. */
const folded = /\.(?:projection|process|facts|decider)\.ts$/;
const specs = /\.(?:spec|testing|contract)\.ts$/;
/** These types take a type to choose among others by it: it holds nothing. */
const selecting = new Set(['Exclude', 'Extract']);
/** Where the types of a question's condition are made of a row. */
const question = 'Where';

/** The sources of the project by a `tsconfig.json`, or these files only. */
export function programOf(config: string, files?: readonly string[]): ts.Program {
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    config.replace(/[^/]*$/, ''),
  );
  return ts.createProgram(files ?? fileNames, { ...options, noEmit: true, incremental: false, tsBuildInfoFile: undefined });
}

/**
 * The fields of rows and facts that nobody reads: no access, no destructuring, no question by them, no copy into a type that
 * has a field of that name. What a fold reads only to write the same field again counts as not read.
 */
export function unreadFields(program: ts.Program): readonly string[] {
  return new Reading(program).unread();
}

class Reading {
  private readonly checker: ts.TypeChecker;
  private readonly sources: readonly ts.SourceFile[];
  private readonly unseen = new Set<ts.Node>();
  /** The fields by name, to look no further where a name is nobody's. */
  private readonly byName = new Map<string, Set<ts.PropertySignature>>();

  constructor(program: ts.Program) {
    this.checker = program.getTypeChecker();
    this.sources = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/') && !specs.test(fileName));
    for (const source of this.sources) if (folded.test(source.fileName)) this.collect(source);
  }

  unread(): readonly string[] {
    for (const source of this.sources) this.visit(source);
    return [...this.unseen].map((node) => {
      const source = node.getSourceFile();
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      return `${source.fileName}:${line + 1}: nobody reads «${(node as ts.PropertySignature).name.getText()}»`;
    });
  }

  private collect(node: ts.Node): void {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && selecting.has(node.typeName.text)) return;
    if (ts.isPropertySignature(node) && ts.isIdentifier(node.name)) {
      this.unseen.add(node);
      const { text } = node.name;
      this.byName.set(text, (this.byName.get(text) ?? new Set()).add(node));
    }
    ts.forEachChild(node, (child) => this.collect(child));
  }

  private visit(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node)) {
      if (this.byName.has(node.name.text) && !isWritten(node) && !this.rewrites(node, node.name.text))
        this.read(node.expression, node.name.text);
    } else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      this.read(node.expression, node.argumentExpression.text);
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword && ts.isStringLiteralLike(node.left)) {
      this.read(node.right, node.left.text);
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      this.visitBinding(node, node.parent);
    } else if (ts.isSpreadAssignment(node)) {
      this.copied(node);
    } else if (ts.isObjectLiteralExpression(node) || ts.isShorthandPropertyAssignment(node)) {
      this.asked(ts.isShorthandPropertyAssignment(node) ? node.name : node);
    } else if (ts.isCallExpression(node)) {
      this.handedOver(node);
    }
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private visitBinding(node: ts.BindingElement, pattern: ts.ObjectBindingPattern): void {
    const name = node.propertyName ?? node.name;
    if (node.dotDotDotToken || !ts.isIdentifier(name) || !this.byName.has(name.text)) return;
    if (ts.isIdentifier(node.name) && (node.name.text.startsWith('_') || this.isOnlyRewritten(node.name, name.text))) return;
    this.read(pattern, name.text);
  }

  /** Whether a variable serves only to write the field again that it was read from. */
  private isOnlyRewritten(variable: ts.Identifier, field: string): boolean {
    const symbol = this.checker.getSymbolAtLocation(variable);
    const scope = ts.findAncestor(variable, (node) => ts.isFunctionLike(node) || ts.isBlock(node)) ?? variable.getSourceFile();
    const isRead = (node: ts.Node): boolean => {
      if (ts.isIdentifier(node) && node !== variable && node.text === variable.text) {
        const isShorthand = ts.isShorthandPropertyAssignment(node.parent);
        const found = isShorthand ? this.checker.getShorthandAssignmentValueSymbol(node.parent) : this.checker.getSymbolAtLocation(node);
        if (found === symbol && !this.rewrites(node, field)) return true;
      }
      return ts.forEachChild(node, (child) => isRead(child) || undefined) ?? false;
    };
    return !isRead(scope);
  }

  /** Whether the expression is a part of the value that a fold gives the same field. */
  private rewrites(node: ts.Node, field: string): boolean {
    const { fileName } = node.getSourceFile();
    if (!folded.test(fileName)) return false;
    const isOfField = (one: ts.Node) =>
      (ts.isPropertyAssignment(one) || ts.isShorthandPropertyAssignment(one)) && one.name.getText() === field;
    const assignment = ts.findAncestor(node, (one) => (ts.isStatement(one) ? 'quit' : isOfField(one)));
    if (!assignment) return false;
    const into = this.checker.getContextualType(assignment.parent as ts.ObjectLiteralExpression);
    const written = into && this.checker.getPropertyOfType(this.checker.getNonNullableType(into), field);
    return written?.declarations?.some((one) => this.isField(one) && one.getSourceFile().fileName === fileName) ?? false;
  }

  /** Marks the fields of that name that the object has, or that a row has which can stand in its place. */
  private read(object: ts.Node, name: string): void {
    const type = this.checker.getTypeAtLocation(object);
    const property = this.checker.getPropertyOfType(this.checker.getNonNullableType(this.checker.getApparentType(type)), name);
    if (!property) return;
    const declarations = property.declarations ?? [];
    if (declarations.some((declaration) => this.isField(declaration))) declarations.forEach((one) => this.unseen.delete(one));
    else this.readInPlace(type, name);
  }

  private readInPlace(type: ts.Type, name: string): void {
    for (const field of this.byName.get(name) ?? [])
      if (this.unseen.has(field) && this.checker.isTypeAssignableTo(this.checker.getTypeAtLocation(field.parent), type))
        this.unseen.delete(field);
  }

  private isField(declaration: ts.Node): boolean {
    return ts.isPropertySignature(declaration) && folded.test(declaration.getSourceFile().fileName);
  }

  /** What is spread is read, but in a fold only where it is spread into another type that has a field of that name. */
  private copied(spread: ts.SpreadAssignment): void {
    const isFold = folded.test(spread.getSourceFile().fileName);
    const into = isFold && this.checker.getContextualType(spread.parent);
    for (const { name, declarations = [] } of this.checker.getTypeAtLocation(spread.expression).getProperties()) {
      if (!this.byName.has(name)) continue;
      const target = into && this.checker.getPropertyOfType(this.checker.getNonNullableType(into), name);
      const isCopy = !isFold || (target && !target.declarations?.some((one) => declarations.includes(one)));
      if (isCopy) for (const one of declarations) this.unseen.delete(one);
    }
  }

  /** The fields that a question is about. */
  private asked(expression: ts.Expression): void {
    const context = this.checker.getContextualType(expression);
    const types = context?.isUnion() ? context.types : context ? [context] : [];
    for (const { aliasSymbol, aliasTypeArguments: [row] = [] } of types) {
      if (aliasSymbol?.name !== question || !row) continue;
      for (const { name } of this.checker.getTypeAtLocation(expression).getProperties())
        this.checker.getPropertyOfType(row, name)?.declarations?.forEach((one) => this.unseen.delete(one));
    }
  }

  /** What is handed to a function that takes anything, as `canonicalJson`, is read as a whole. */
  private handedOver(call: ts.CallExpression): void {
    if (!ts.isIdentifier(call.expression)) return;
    const parameters = this.checker.getTypeAtLocation(call.expression).getCallSignatures()[0]?.parameters ?? [];
    call.arguments.forEach((argument, index) => {
      const parameter = parameters[index];
      if (parameter && this.checker.getTypeOfSymbol(parameter).flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any))
        this.readWhole(this.checker.getTypeAtLocation(argument), new Set());
    });
  }

  private readWhole(type: ts.Type, seen: Set<ts.Type>): void {
    if (seen.has(type)) return;
    seen.add(type);
    for (const part of type.isUnionOrIntersection()
      ? type.types
      : this.checker.isArrayType(type)
        ? this.checker.getTypeArguments(type as ts.TypeReference)
        : [])
      this.readWhole(part, seen);
    for (const { declarations } of type.getProperties())
      for (const declaration of declarations ?? [])
        if (this.isField(declaration)) {
          this.unseen.delete(declaration);
          this.readWhole(this.checker.getTypeAtLocation(declaration), seen);
        }
  }
}

function isWritten(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.left === node && node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** Events that nothing emits, or that change nothing: no decision returns them, or no fold and no projection does more than hand its state on. */
export function deadEvents(program: ts.Program): readonly string[] {
  const sources = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/') && !specs.test(fileName));
  const emitted = new Set<string>();
  const taken = new Set<string>();
  const defined = new Map<string, string>();
  const visit = (node: ts.Node, source: ts.SourceFile): void => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
      const { text } = node.name;
      if (definitions.test(source.fileName) && isDefinition(node.initializer)) defined.set(text, source.fileName);
      if (text === 'type' && (deciding.test(source.fileName) || handling.test(source.fileName)))
        for (const type of literalsIn(node.initializer)) emitted.add(type);
      if (folded.test(source.fileName) && !isIdentity(node.initializer)) taken.add(text);
    } else if (ts.isMethodDeclaration(node) && ts.isIdentifier(node.name)) {
      taken.add(node.name.text);
    }
    ts.forEachChild(node, (child) => visit(child, source));
  };
  for (const source of sources) visit(source, source);
  return [...defined].flatMap(([type, file]) => [
    ...(emitted.has(type) ? [] : [`${file}: nothing emits «${type}»`]),
    ...(taken.has(type) || handling.test(file) ? [] : [`${file}: no fold and no projection does anything with «${type}»`]),
  ]);
}

const definitions = /\.events\.ts$/;
/** The handling of commands records and reads answers of its own. */
const handling = /\/libs\/event-store\/src\//;
const deciding = /\.(?:decider|rules)\.ts$/;

/** `v1(…)`, or a later version of one. */
function isDefinition(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  return ts.isPropertyAccessExpression(expression)
    ? expression.name.text === 'next' && isDefinition(expression.expression)
    : ts.isIdentifier(expression) && expression.text === 'v1';
}

function literalsIn(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literalsIn(node.whenTrue), ...literalsIn(node.whenFalse)];
  return ts.isAsExpression(node) ? literalsIn(node.expression) : [];
}

/** `(row) => row`. */
function isIdentity(node: ts.Expression): boolean {
  if (!ts.isArrowFunction(node) || !ts.isIdentifier(node.body)) return false;
  const [first] = node.parameters;
  return first !== undefined && ts.isIdentifier(first.name) && first.name.text === node.body.text;
}
