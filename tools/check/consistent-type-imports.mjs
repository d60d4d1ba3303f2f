// The linter's own `typescript/consistent-type-imports` does not know `emitDecoratorMetadata`: its fix turns the
// class that Nest has to inject into an `import type`, and the application no longer boots. Hence this one. It
// also asks for the opposite where Nest needs it.

const isDecorated = (node) => node.decorators?.length > 0;

/**
 * What `emitDecoratorMetadata` makes of a type's name at this place: `injected` if Nest injects by it, `emitted` if
 * it is merely written into the metadata (then either import will do), `erased` if nothing of it is left.
 */
function fateOf(identifier) {
  let type = identifier.parent;
  if (type.type !== 'TSTypeReference') return 'erased';
  while (type.parent.type === 'TSUnionType') type = type.parent;
  if (type.parent.type !== 'TSTypeAnnotation') return 'erased';

  const owner = type.parent.parent;
  if (owner.type === 'PropertyDefinition') return isDecorated(owner) ? 'emitted' : 'erased';

  // The owner is a method's function (the annotation is its return type) or one of its parameters.
  const parameter = owner.parent.type === 'TSParameterProperty' ? owner.parent : owner;
  const callable = owner.type === 'FunctionExpression' ? owner : parameter.parent;
  const method = callable.parent;
  if (method?.type !== 'MethodDefinition') return 'erased';

  if (method.kind === 'constructor') {
    const [body, definition] = [method.parent, method.parent.parent];
    if (body.type !== 'ClassBody' || !isDecorated(definition)) return 'erased';
    // `@Inject(TOKEN)` says by what to inject, whatever the type is.
    return type === identifier.parent && !isDecorated(parameter) && !isDecorated(owner)
      ? 'injected'
      : 'emitted';
  }
  return isDecorated(method) || callable.params.some(isDecorated) ? 'emitted' : 'erased';
}

/** Whether a reference is gone when the types are: a type's name, or the `x` of `typeof x` among the types. */
function isOnlyType(reference) {
  let node = reference.identifier.parent;
  while (node.type === 'TSQualifiedName') node = node.parent;
  return node.type === 'TSTypeQuery' || (reference.isTypeReference && !reference.isValueReference);
}

/** `import { type A, B } from 'm'` -> `import type { A, B } from 'm'`. */
function* makeTypeImport(fixer, source, node) {
  yield fixer.insertTextAfterRange([node.range[0], node.range[0] + 'import'.length], ' type');
  for (const specifier of node.specifiers) {
    if (specifier.importKind !== 'type') continue;
    yield fixer.replaceText(specifier, source.getText(specifier).replace(/^type\s+/, ''));
  }
}

export const consistentTypeImports = {
  meta: { type: 'problem', fixable: 'code' },
  create: (context) => ({
    ImportDeclaration(node) {
      const { sourceCode: source } = context;
      if (node.specifiers.length === 0) return;

      const saysType = (specifier) => node.importKind === 'type' || specifier.importKind === 'type';
      const isType = (specifier) => {
        const [{ references }] = source.getDeclaredVariables(specifier);
        if (saysType(specifier)) {
          if (references.some(({ identifier }) => fateOf(identifier) === 'injected')) {
            const message = `Nest injects by the class '${specifier.local.name}': import it as a value, not as a type.`;
            context.report({ node: specifier, message });
          }
          return true;
        }
        const isErased = (reference) => isOnlyType(reference) && fateOf(reference.identifier) === 'erased';
        return references.length > 0 && references.every(isErased);
      };

      const types = node.specifiers.filter(isType);
      const missing = types.filter((specifier) => !saysType(specifier));
      if (node.importKind === 'type' || types.length === 0) return;

      if (types.length === node.specifiers.length) {
        const isMixed = node.specifiers.length > 1 && node.specifiers[0].type === 'ImportDefaultSpecifier';
        const fix = isMixed ? undefined : (fixer) => [...makeTypeImport(fixer, source, node)];
        context.report({ node, message: 'Only types are imported: use `import type`.', fix });
        return;
      }
      for (const specifier of missing) {
        const fix = (fixer) => fixer.insertTextBefore(specifier, 'type ');
        context.report({
          node: specifier,
          message: `'${specifier.local.name}' is only a type here: say so.`,
          fix,
        });
      }
    },
  }),
};
