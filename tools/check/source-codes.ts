import ts from 'typescript';

const CODE = /^JARVIS_[A-Z0-9_]+$/u;

/**
 * Collects the codes a set of source files gives to what it throws or warns of: the type of every property
 * called `code`, so that codes put together from parts (`JARVIS_LLM_${…}`) are found one by one.
 *
 * @param files absolute paths
 */
export function collectCodes(files: readonly string[]): ReadonlySet<string> {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@jarvis/source'],
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const codes = new Set<string>();
  for (const file of files) {
    visit(program.getSourceFile(file), (node) => {
      for (const code of codesOf(node, checker)) {
        codes.add(code);
      }
    });
  }
  return codes;
}

function visit(node: ts.Node | undefined, look: (node: ts.Node) => void): void {
  if (node !== undefined) {
    look(node);
    ts.forEachChild(node, (child) => {
      visit(child, look);
    });
  }
}

function codesOf(node: ts.Node, checker: ts.TypeChecker): readonly string[] {
  const isCode =
    (ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)) &&
    ts.isIdentifier(node.name) &&
    node.name.text === 'code';
  if (!isCode) {
    return [];
  }
  const type = ts.isPropertyAssignment(node)
    ? checker.getTypeAtLocation(node.initializer)
    : checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  return parts
    .filter((part) => part.isStringLiteral())
    .flatMap(({ value }) => (CODE.test(value) ? [value] : []));
}
