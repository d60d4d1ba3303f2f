import { areaOf, entriesOf } from './catalogue.mjs';
import { WireSchemas } from './wire-schemas.mjs';

/** @typedef {import('./wire-schemas.mjs').Protocol} Protocol */
/** @typedef {import('./wire-schemas.mjs').JsonSchema} JsonSchema */
/** @typedef {import('./catalogue.mjs').Entry} Entry */
/** @typedef {{ name: string, title: string, summary: string, payload: JsonSchema }} Message */

const CHANNEL = 'v1';
const FAILURE = 'failure';
const DONE = 'done';

const DESCRIPTION = `\
Generated from libs/protocol by \`npm run generate\`; docs/protocol.md says the same for people. A request is emitted with an \
acknowledgement function, and its reply is what that function is called with. An operation's \`x-errors\` are the codes that the \
request can be refused with; \`x-errors\` of this document says what they mean.`;

/**
 * The protocol as an AsyncAPI 3.0 document, seen from the server: it receives requests, and sends the rest.
 *
 * @param {Protocol} protocol
 */
export function asyncApiOf(protocol) {
  const schemas = new WireSchemas(protocol);
  const entries = entriesOf(protocol);
  const asked = requestMessages(entries, schemas);
  const told = serverMessages(entries, schemas, protocol);
  const messages = { ...asked, ...told };

  return {
    asyncapi: '3.0.0',
    info: { title: 'Switchyard', version: CHANNEL, description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers: {
      local: {
        host: 'localhost:3000',
        protocol: 'socket.io',
        pathname: '/socket.io',
        description: 'A server as `npm start` starts it. The protocol is that of Socket.IO 4.',
      },
    },
    channels: {
      [CHANNEL]: {
        address: protocol.NAMESPACE,
        title: `The Socket.IO namespace ${protocol.NAMESPACE}`,
        messages: Object.fromEntries(
          Object.keys(messages).map((key) => [key, { $ref: `#/components/messages/${key}` }]),
        ),
      },
    },
    operations: Object.fromEntries(
      entries.map((entry) => [keyOf(entry.name), operationOf(entry, protocol.COMMON_ERRORS)]),
    ),
    components: {
      messages,
      schemas: schemas.referredFrom({ input: payloadsOf(asked), output: payloadsOf(told) }),
    },
    'x-errors': protocol.ERRORS,
  };
}

/**
 * @param {readonly Entry[]} entries
 * @param {WireSchemas} schemas
 * @returns {Record<string, Message>}
 */
function requestMessages(entries, schemas) {
  const requests = entries.filter(({ kind }) => kind === 'request');
  return Object.fromEntries(
    requests.map((entry) => [keyOf(entry.name), messageOf(entry, schemas.use(entry.payload, 'input'))]),
  );
}

/**
 * Answers and refusals, and what the server says of its own accord.
 *
 * @param {readonly Entry[]} entries
 * @param {WireSchemas} schemas
 * @param {Protocol} protocol
 * @returns {Record<string, Message>}
 */
function serverMessages(entries, schemas, { errorSchema }) {
  /** @type {Record<string, Message>} */
  const messages = {};
  for (const entry of entries) {
    if (entry.answer === undefined) {
      messages[keyOf(entry.name)] = messageOf(entry, schemas.use(entry.payload, 'output'));
      continue;
    }
    messages[answerKeyOf(entry.name)] = {
      name: `${entry.name} answer`,
      title: `Answer to ${entry.name}`,
      summary: 'The request was done.',
      payload: closedObject({
        ok: { type: 'boolean', const: true },
        data: schemas.use(entry.answer, 'output'),
      }),
    };
  }
  messages[FAILURE] = {
    name: FAILURE,
    title: 'Refusal',
    summary: 'The request was not done, and why.',
    payload: closedObject({
      ok: { type: 'boolean', const: false },
      error: schemas.use(errorSchema, 'output'),
    }),
  };
  messages[DONE] = {
    name: DONE,
    title: 'Acknowledgement',
    summary: 'The client has done what the server asked.',
    payload: closedObject({}),
  };
  return messages;
}

/**
 * @param {Entry} entry
 * @param {readonly string[]} commonErrors
 */
function operationOf({ name, kind, summary, errors = [] }, commonErrors) {
  const reply = replyOf(name, kind);
  return {
    action: kind === 'request' ? 'receive' : 'send',
    channel: { $ref: `#/channels/${CHANNEL}` },
    title: name,
    summary,
    tags: [{ name: areaOf(name) }, { name: kind }],
    messages: [messageOfChannel(keyOf(name))],
    ...(reply === undefined
      ? {}
      : { reply: { channel: { $ref: `#/channels/${CHANNEL}` }, messages: reply } }),
    ...(kind === 'request' ? { 'x-errors': [...errors, ...commonErrors] } : {}),
  };
}

/**
 * @param {string} name
 * @param {Entry['kind']} kind
 */
function replyOf(name, kind) {
  switch (kind) {
    case 'request':
      return [messageOfChannel(answerKeyOf(name)), messageOfChannel(FAILURE)];
    case 'server request':
      return [messageOfChannel(DONE)];
    default:
      return undefined;
  }
}

/**
 * @param {Entry} entry
 * @param {JsonSchema} payload
 * @returns {Message}
 */
function messageOf({ name, summary }, payload) {
  return { name, title: name, summary, payload };
}

/**
 * @param {Record<string, JsonSchema>} properties
 * @returns {JsonSchema}
 */
function closedObject(properties) {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** @param {Record<string, Message>} messages */
function payloadsOf(messages) {
  return Object.values(messages).map(({ payload }) => payload);
}

/** @param {string} key */
function messageOfChannel(key) {
  return { $ref: `#/channels/${CHANNEL}/messages/${key}` };
}

/**
 * A name in AsyncAPI's maps has no colon; the event's own name is the message's `name`.
 *
 * @param {string} name
 */
function keyOf(name) {
  return name.replaceAll(':', '.');
}

/** @param {string} name */
function answerKeyOf(name) {
  return `${keyOf(name)}.answer`;
}
