import { SHARED } from './wire-schemas.mjs';

/** @typedef {import('./wire-schemas.mjs').JsonSchema} JsonSchema */
/** @typedef {Record<string, JsonSchema>} SharedSchemas by name */
/** @typedef {{ name: string, type: string, meaning: string }} Field Markdown, for one row of a table */

/**
 * The fields of an object, and those of the objects that stand in it, by their path: `codecs[].mimeType`.
 *
 * @param {JsonSchema} schema
 * @param {SharedSchemas} shared gives a field without a meaning of its own that of its type
 * @param {string} [prefix]
 * @returns {Field[]}
 */
export function fieldsOf(schema, shared, prefix = '') {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const field = /** @type {JsonSchema} */ (value);
    const path = prefix + key;
    const row = {
      name: `\`${path}${schema.required?.includes(key) ? '' : '?'}\``,
      type: typeOf(field) + (field.default === undefined ? '' : `, ${literal(field.default)} if left out`),
      meaning: meaningOf(field, shared),
    };
    return [row, ...innerFieldsOf(field, shared, path)];
  });
}

/**
 * In words, with a link to each shared type.
 *
 * @param {JsonSchema} schema
 * @returns {string}
 */
export function typeOf(schema) {
  const name = sharedNameOf(schema);
  if (name !== undefined) return `[${name}](#${anchorOf(name)})`;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return either(schema.enum.map(literal));
  const options = optionsOf(schema);
  if (options !== undefined) {
    const key = distinguishingKeyOf(options);
    return key === undefined ? either(options.map(typeOf)) : `object, of the kind that its \`${key}\` says`;
  }
  switch (schema.type) {
    case 'string':
      return withBounds('string', schema.minLength, schema.maxLength);
    case 'integer':
    case 'number':
      return withBounds(schema.type, schema.minimum, schema.maximum);
    case 'array':
      return withBounds(`list of ${typeOf(itemOf(schema))}`, schema.minItems, schema.maxItems);
    case 'object':
      return isMap(schema)
        ? `map to ${typeOf(/** @type {JsonSchema} */ (schema.additionalProperties))}`
        : 'object';
    case undefined:
      return 'any';
    default:
      return String(schema.type);
  }
}

/**
 * @param {JsonSchema} schema
 * @returns {string | undefined} the name of the shared type that it is, perhaps with words of its own
 */
export function sharedNameOf(schema) {
  const { $ref } = schema.allOf?.length === 1 ? /** @type {JsonSchema} */ (schema.allOf[0]) : schema;
  return $ref?.slice(SHARED.length);
}

/** @param {string} name */
export function anchorOf(name) {
  // Not the name alone: `Topology` is a section, too.
  return `type-${name.toLowerCase()}`;
}

/**
 * @param {JsonSchema} schema
 * @param {SharedSchemas} shared
 */
function meaningOf(schema, shared) {
  const name = sharedNameOf(schema);
  return schema.description ?? (name === undefined ? undefined : shared[name]?.description) ?? '';
}

/**
 * @param {JsonSchema} field
 * @param {SharedSchemas} shared
 * @param {string} path
 * @returns {Field[]}
 */
function innerFieldsOf(field, shared, path) {
  if (sharedNameOf(field) !== undefined) return [];
  const options = optionsOf(field);
  if (options !== undefined) {
    const key = distinguishingKeyOf(options);
    return options.flatMap((option, index) =>
      innerFieldsOf(option, shared, path).map((row) =>
        row.name === `\`${path}.${key}\``
          ? { ...row, type: `${index === 0 ? 'either' : 'or'} ${row.type}, with` }
          : row,
      ),
    );
  }
  if (field.type === 'array') return innerFieldsOf(itemOf(field), shared, `${path}[]`);
  return fieldsOf(field, shared, `${path}.`);
}

/**
 * @param {JsonSchema} schema
 * @returns {JsonSchema[] | undefined}
 */
function optionsOf({ anyOf, oneOf, type }) {
  if (Array.isArray(type)) return type.map((each) => ({ type: each }));
  return anyOf ?? oneOf;
}

/**
 * The field that says which of the options an object is.
 *
 * @param {readonly JsonSchema[]} options
 */
function distinguishingKeyOf(options) {
  const [first, ...others] = options.map(({ properties }) => properties ?? {});
  return Object.keys(first ?? {}).find((key) =>
    [first, ...others].every((fields) => {
      const field = fields?.[key];
      return typeof field === 'object' && field.const !== undefined;
    }),
  );
}

/**
 * @param {JsonSchema} schema
 * @returns {JsonSchema}
 */
function itemOf({ items }) {
  return /** @type {JsonSchema} */ (items ?? {});
}

/** @param {JsonSchema} schema */
function isMap({ properties, additionalProperties }) {
  return properties === undefined && typeof additionalProperties === 'object';
}

/** @param {unknown} value */
function literal(value) {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** @param {readonly string[]} options */
function either(options) {
  return options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`;
}

/**
 * How many characters or entries, or how large a number: `string (≤ 256)`.
 *
 * @param {string} what
 * @param {number | undefined} min
 * @param {number | undefined} max
 */
function withBounds(what, min, max) {
  const from = min === Number.MIN_SAFE_INTEGER ? undefined : min;
  const to = max === Number.MAX_SAFE_INTEGER ? undefined : max;
  if (from !== undefined && to !== undefined) return `${what} (${from} to ${to})`;
  if (to !== undefined) return `${what} (≤ ${to})`;
  if (from !== undefined) return `${what} (≥ ${from})`;
  return what;
}
