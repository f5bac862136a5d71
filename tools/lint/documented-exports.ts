import { ESLintUtils, type TSESTree } from '@typescript-eslint/utils';
import ts from 'typescript';

/**
 * Every name exported from an entry file has a TSDoc sentence where it is declared. A type that is read off a
 * value (`z.infer<typeof findingSchema>`) shares the sentence of the value.
 */
export const documentedExports = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    defaultOptions: [],
    messages: {
      undocumented:
        '{{name}} is public and has no TSDoc: where it is declared, say in a sentence what it gives and when to use it.',
    },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const checker = services.program.getTypeChecker();
    return {
      ExportSpecifier(node: TSESTree.ExportSpecifier) {
        const symbol = declared(services.getSymbolAtLocation(node.exported), checker);
        if (symbol !== undefined && !isDocumented(symbol, checker)) {
          context.report({ node, messageId: 'undocumented', data: { name: symbol.name } });
        }
      },
    };
  },
});

function declared(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

function isDocumented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (symbol.declarations === undefined || hasSentence(symbol, checker)) {
    return true;
  }
  const origins = symbol.declarations.filter(ts.isTypeAliasDeclaration).flatMap(({ type }) => valuesIn(type));
  return origins.some((name) => {
    const value = declared(checker.getSymbolAtLocation(name), checker);
    return value !== undefined && hasSentence(value, checker);
  });
}

function hasSentence(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return symbol.getDocumentationComment(checker).some(({ text }) => text.trim() !== '');
}

/** The values a type is read off: `findingSchema` in `z.infer<typeof findingSchema>`. */
function valuesIn(type: ts.Node): readonly ts.Node[] {
  const own = ts.isTypeQueryNode(type) ? [type.exprName] : [];
  const inner: ts.Node[] = [];
  ts.forEachChild(type, (child) => {
    inner.push(...valuesIn(child));
  });
  return [...own, ...inner];
}
