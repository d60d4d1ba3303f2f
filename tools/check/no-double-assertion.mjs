/** `x as unknown as Y` tells the compiler to look away; nothing checks that `x` is a `Y`. */
export const noDoubleAssertion = {
  create: (context) => ({
    TSAsExpression(node) {
      const inner = node.expression;
      if (inner.type !== 'TSAsExpression' && inner.type !== 'TSTypeAssertion') return;
      context.report({
        node,
        message: 'An assertion on an assertion hides every error: parse, narrow or fix the type.',
      });
    },
  }),
};
