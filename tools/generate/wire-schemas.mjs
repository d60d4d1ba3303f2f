import { z } from 'zod';
import { Failure } from '../failure.mjs';

/** @typedef {typeof import('#protocol')} Protocol */
/** @typedef {z.core.JSONSchema.BaseSchema} JsonSchema */
/** @typedef {'input' | 'output'} Direction what a client sends is read as `input`, everything else as `output` */

export const SHARED = '#/components/schemas/';

/**
 * The protocol's zod schemas as JSON Schema (draft 7, which AsyncAPI builds on). A schema that libs/protocol exports is
 * shared: it has the name of its export, and others refer to it by `$ref`. Any other stands where it is used.
 */
export class WireSchemas {
  #registry = z.registry();
  /** @type {Set<string>} */
  #shared = new Set();
  /** @type {Record<Direction, Record<string, JsonSchema>>} */
  #schemas;

  /** @param {Protocol} protocol */
  constructor(protocol) {
    for (const [name, value] of Object.entries(protocol)) {
      if (!(value instanceof z.ZodType)) continue;
      const id = typeName(name);
      this.#shared.add(id);
      this.#registry.add(value, { id });
    }
    const { requests, roomNotifications, directNotifications, serverRequests } = protocol;
    for (const [name, { payload, answer }] of Object.entries(requests)) {
      this.#addRoot(payload, name);
      this.#addRoot(answer, `${name} answer`);
    }
    for (const [name, { payload }] of [roomNotifications, directNotifications, serverRequests].flatMap(
      Object.entries,
    )) {
      this.#addRoot(payload, name);
    }
    this.#schemas = { input: this.#convert('input'), output: this.#convert('output') };
  }

  /**
   * A reference where the schema is shared, else the schema itself.
   *
   * @param {z.ZodType} schema
   * @param {Direction} direction
   * @returns {JsonSchema}
   */
  use(schema, direction) {
    const id = this.#idOf(schema);
    return this.#shared.has(id) ? { $ref: SHARED + id } : this.whole(schema, direction);
  }

  /**
   * The schema itself, shared or not.
   *
   * @param {z.ZodType} schema
   * @param {Direction} direction
   * @returns {JsonSchema}
   */
  whole(schema, direction) {
    return this.#named(this.#idOf(schema), direction);
  }

  /**
   * The shared schemas that these refer to, directly or not, sorted by name.
   *
   * @param {Record<Direction, JsonSchema[]>} roots
   * @returns {Record<string, JsonSchema>}
   */
  referredFrom(roots) {
    /** @type {Map<string, JsonSchema>} */
    const found = new Map();
    for (const direction of /** @type {const} */ (['input', 'output'])) {
      for (const id of this.#reachable(roots[direction], direction)) {
        const schema = this.#named(id, direction);
        const other = found.get(id);
        if (other !== undefined && JSON.stringify(other) !== JSON.stringify(schema)) {
          throw new Failure(
            `${id} is both sent and received by clients, and reads differently either way (it has a default or a ` +
              'transform): give each way a schema of its own in libs/protocol',
          );
        }
        found.set(id, schema);
      }
    }
    return Object.fromEntries([...found].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  /**
   * @param {z.ZodType} schema
   * @param {string} id
   */
  #addRoot(schema, id) {
    if (!this.#registry.has(schema)) this.#registry.add(schema, { id });
  }

  /** @param {z.ZodType} schema */
  #idOf(schema) {
    const id = this.#registry.get(schema)?.id;
    if (id === undefined) throw new Error('expected a schema of the catalogue');
    return id;
  }

  /**
   * @param {string} id
   * @param {Direction} direction
   */
  #named(id, direction) {
    const schema = this.#schemas[direction][id];
    if (schema === undefined) throw new Error(`expected a schema of the catalogue, there is no ${id}`);
    return schema;
  }

  /** @param {Direction} io */
  #convert(io) {
    const { schemas } = z.toJSONSchema(this.#registry, {
      io,
      target: 'draft-7',
      uri: (id) => SHARED + id,
    });
    return Object.fromEntries(
      Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema]),
    );
  }

  /**
   * @param {readonly JsonSchema[]} roots
   * @param {Direction} direction
   */
  #reachable(roots, direction) {
    /** @type {Set<string>} */
    const reached = new Set();
    const waiting = roots.flatMap(referencesIn);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      waiting.push(...referencesIn(this.#named(id, direction)));
    }
    return reached;
  }
}

/**
 * The names of the shared schemas that a piece of JSON Schema refers to itself.
 *
 * @param {unknown} json
 * @returns {string[]}
 */
function referencesIn(json) {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value.slice(SHARED.length)] : referencesIn(value),
  );
}

/**
 * `participantIdSchema` -> `ParticipantId`
 *
 * @param {string} exported
 */
function typeName(exported) {
  const name = exported.replace(/Schema$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
