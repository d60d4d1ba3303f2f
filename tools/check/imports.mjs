import { relative, resolve, sep } from 'node:path';
import { whyForbidden } from './import-rules.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Every way to name another module, `import type` and `import('…').Type` too: a dependency on a type is one. */
export const imports = {
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');

    function check(source) {
      if (typeof source?.value !== 'string') return;
      const reason = whyForbidden(file, source.value);
      if (reason) context.report({ node: source, message: `${reason}.` });
    }

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
      TSExternalModuleReference: (node) => check(node.expression),
    };
  },
};
