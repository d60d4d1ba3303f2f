/**
 * The parser's packages are CommonJS, and one of them has to be told apart from its ES module.
 *
 * @jest-environment-options {"customExportConditions": ["source", "node"]}
 */
import { Parser, type AsyncAPIDocumentInterface, type OperationInterface } from '@asyncapi/parser';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as protocol from '#protocol';
import { documentsOf } from '../../../tools/generate/documents.mjs';

const documents = documentsOf(protocol);
const { requests, roomNotifications, directNotifications, serverRequests } = protocol;
const told = [roomNotifications, directNotifications, serverRequests].flatMap((some) => Object.keys(some));
const names = [...Object.keys(requests), ...told];

/** By the number that the parser gives them. */
const SEVERITIES = ['error', 'warning', 'information', 'hint'];

function textOf(path: string): string {
  const text = documents[path];
  if (text === undefined) throw new Error(`nothing generates ${path}`);
  return text;
}

describe('the AsyncAPI document', () => {
  let document: AsyncAPIDocumentInterface | undefined;
  let errors: string[];

  beforeAll(async () => {
    const parsed = await new Parser().parse(textOf('docs/asyncapi.json'));
    document = parsed.document;
    errors = parsed.diagnostics
      .filter(({ severity }) => SEVERITIES[severity] === 'error')
      .map(({ message, path }) => `${path.join('.')}: ${message}`);
  }, 30_000);

  const namesOf = (operations: readonly OperationInterface[] | undefined) =>
    operations?.map((operation) => operation.messages().all()[0]?.name());

  it('is valid', () => {
    expect(errors).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });

  it('has an operation for each entry of the catalogue', () => {
    expect(namesOf(document?.operations().all())).toEqual(names);
  });

  it('has the server receive requests, and send everything else', () => {
    expect(namesOf(document?.operations().filterByReceive())).toEqual(Object.keys(requests));
    expect(namesOf(document?.operations().filterBySend())).toEqual(told);
  });

  it('answers each request with its answer or a refusal', () => {
    for (const name of Object.keys(requests)) {
      const operation = document?.operations().get(name.replace(':', '.'));
      const answers = operation?.reply()?.messages().all();
      expect(answers?.map((message) => message.name())).toEqual([`${name} answer`, 'failure']);
    }
  });

  it('has one schema for what several messages share', () => {
    const { components } = JSON.parse(textOf('docs/asyncapi.json')) as {
      components: { schemas: Record<string, { properties: Record<string, unknown> }> };
    };
    const { Participant, RoomSnapshot } = components.schemas;
    expect(Participant?.properties).toHaveProperty('displayName');
    expect(RoomSnapshot?.properties).toHaveProperty(
      'participants.items.$ref',
      '#/components/schemas/Participant',
    );
  });

  it('lets a client leave out what has a default', () => {
    const { components } = JSON.parse(textOf('docs/asyncapi.json')) as {
      components: { schemas: Record<string, { required: string[] }> };
    };
    expect(components.schemas['Join']?.required).toEqual(['room', 'displayName', 'sources']);
  });
});

describe('the protocol page', () => {
  const page = textOf('docs/protocol.md');

  it('has a section for each entry of the catalogue', () => {
    const sections = Array.from(page.matchAll(/^### `(.+)`$/gm), ([, name]) => name);
    expect(new Set(sections)).toEqual(new Set(names));
    expect(sections).toHaveLength(names.length);
  });

  it('says what each request may be refused with', () => {
    for (const [name, { errors }] of Object.entries(requests)) {
      const [section = ''] = page.split(`### \`${name}\`\n`)[1]?.split('\n#') ?? [];
      for (const code of errors) expect(section).toContain(`\`${code}\``);
    }
  });

  it('says what each error means', () => {
    for (const [code, { meaning }] of Object.entries(protocol.ERRORS)) {
      expect(page).toContain(`| \`${code}\` | ${meaning} |`);
    }
  });

  it('links to nothing that is not there', () => {
    const slugs = Array.from(page.matchAll(/^#+ (.+)$/gm), ([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const anchors = Array.from(page.matchAll(/<a id="(.+?)">/g), ([, id]) => id);
    const links = Array.from(page.matchAll(/\]\(#(.+?)\)/g), ([, target]) => target);
    expect(links.filter((target) => ![...slugs, ...anchors].includes(target))).toEqual([]);
  });

  it('leaves nothing of its template unfilled', () => {
    expect(page).not.toContain('{{');
  });
});

it('generates the same twice', () => {
  expect(documentsOf(protocol)).toEqual(documents);
});
