import { recall, remember } from '../remembered.ts';
import { english, type Texts } from './english.ts';
import { korean } from './korean.ts';

export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

export const textsOf: Readonly<Record<Language, Texts>> = { en: english, ko: korean };

/** What the person has chosen, or else the first of the browser's languages that we speak. */
export function chooseLanguage(chosen: string | null, ofBrowser: readonly string[]): Language {
  for (const tag of [chosen ?? '', ...ofBrowser]) {
    const language = LANGUAGES.find((one) => tag.toLowerCase().split('-')[0] === one);
    if (language !== undefined) return language;
  }
  return 'en';
}

export function currentLanguage(): Language {
  return chooseLanguage(recall('language'), navigator.languages);
}

export function rememberLanguage(language: Language): void {
  remember('language', language);
}
