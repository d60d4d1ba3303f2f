// What the linter does not bring itself. Each rule is a few lines against ESLint's rule interface.
import { consistentTypeImports } from './consistent-type-imports.mjs';
import { disableWithReason } from './disable-with-reason.mjs';
import { imports } from './imports.mjs';
import { noDoubleAssertion } from './no-double-assertion.mjs';

export default {
  meta: { name: 'switchyard' },
  rules: {
    imports,
    'consistent-type-imports': consistentTypeImports,
    'no-double-assertion': noDoubleAssertion,
    'disable-with-reason': disableWithReason,
  },
};
