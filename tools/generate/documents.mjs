import { asyncApiOf } from './asyncapi.mjs';
import { protocolPageOf } from './protocol-page.mjs';

/**
 * All that is generated from the protocol.
 *
 * @param {import('./wire-schemas.mjs').Protocol} protocol
 * @returns {Record<string, string>} path in the repository -> what stands there
 */
export function documentsOf(protocol) {
  return {
    'docs/asyncapi.json': `${JSON.stringify(asyncApiOf(protocol), null, 2)}\n`,
    'docs/protocol.md': protocolPageOf(protocol),
  };
}
