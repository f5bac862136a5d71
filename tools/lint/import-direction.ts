import { AST_NODE_TYPES, ESLintUtils, type TSESTree } from '@typescript-eslint/utils';

import { type ImportRequest, judgeImport } from './judge-import.ts';
import { placeOf } from './source-place.ts';

type ImportNode =
  | TSESTree.ExportAllDeclaration
  | TSESTree.ExportNamedDeclaration
  | TSESTree.ImportDeclaration
  | TSESTree.ImportExpression
  | TSESTree.TSImportType;

/** Imports follow the direction of the packages; the message says what to do instead. */
export const importDirection = ESLintUtils.RuleCreator.withoutDocs({
  meta: { type: 'problem', schema: [], defaultOptions: [], messages: { direction: '{{sentence}}' } },
  create(context) {
    const place = placeOf(context.filename);
    if (place === undefined) {
      return {};
    }
    const judge = (node: ImportNode): void => {
      const request = requestOf(node);
      const sentence = request === undefined ? undefined : judgeImport(request, place);
      if (sentence !== undefined) {
        context.report({ node, messageId: 'direction', data: { sentence } });
      }
    };
    return {
      ExportAllDeclaration: judge,
      ExportNamedDeclaration: judge,
      ImportDeclaration: judge,
      ImportExpression: judge,
      TSImportType: judge,
    };
  },
});

function requestOf(node: ImportNode): ImportRequest | undefined {
  const name = node.source?.type === AST_NODE_TYPES.Literal ? node.source.value : undefined;
  return typeof name === 'string' ? { name, kind: kindOf(node) } : undefined;
}

function kindOf(node: ImportNode): ImportRequest['kind'] {
  if (node.type === AST_NODE_TYPES.ImportExpression) {
    return 'dynamic';
  }
  if (node.type === AST_NODE_TYPES.TSImportType) {
    return 'type';
  }
  const kind = node.type === AST_NODE_TYPES.ImportDeclaration ? node.importKind : node.exportKind;
  return kind === 'type' ? 'type' : 'static';
}
