/** A rule may be wrong in one place; the comment that switches it off there says why, after ` -- `. */
export const disableWithReason = {
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!/^\s*(ox|es)lint-disable/.test(comment.value) || / -- \S/.test(comment.value)) continue;
        context.report({ loc: comment.loc, message: 'Say why the rule is switched off: `-- because …`.' });
      }
    },
  }),
};
