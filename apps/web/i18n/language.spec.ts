import { describe, expect, it } from '@jest/globals';
import { chooseLanguage, LANGUAGES, textsOf } from './language.ts';

/** `path: kind` of each text, with what a text made by a function looks like. */
function inventory(texts: unknown, path = ''): Map<string, string> {
  if (typeof texts === 'string') return new Map([[path, texts]]);
  // Numbers are what a parameter may be at most; names and codes look like one as well.
  if (typeof texts === 'function')
    return inventory((texts as (parameter: number) => unknown)(2), `${path}()`);
  const inner = Object.entries(texts ?? {}).map(([key, value]) => [...inventory(value, `${path}.${key}`)]);
  return new Map(inner.flat());
}

describe('the dictionary', () => {
  it.each(LANGUAGES)('has every text in %s, and none is empty', (language) => {
    const texts = inventory(textsOf[language]);
    expect([...texts.keys()].toSorted()).toEqual([...inventory(textsOf.en).keys()].toSorted());
    for (const [path, text] of texts) expect(`${path}: ${text.trim()}`).not.toBe(`${path}: `);
  });

  it('is translated: nothing but names is the same in both', () => {
    const english = inventory(textsOf.en);
    const same = [...inventory(textsOf.ko)].filter(([path, text]) => english.get(path) === text);
    expect(same).toEqual([]);
  });

  it('has Korean in every Korean text', () => {
    for (const [path, text] of inventory(textsOf.ko)) expect(`${path}: ${text}`).toMatch(/[가-힣]/);
  });
});

describe('chooseLanguage', () => {
  it.each([
    [null, ['ko-KR', 'en'], 'ko'],
    [null, ['de', 'ko'], 'ko'],
    [null, ['de', 'fr'], 'en'],
    [null, [], 'en'],
    ['en', ['ko'], 'en'],
    ['ko', ['en-US'], 'ko'],
    ['tlh', ['ko'], 'ko'],
  ])('chosen %s, browser %j: %s', (chosen, ofBrowser, language) => {
    expect(chooseLanguage(chosen, ofBrowser)).toBe(language);
  });
});
