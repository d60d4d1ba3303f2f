import type { ReactNode } from 'react';
import { LANGUAGES, textsOf } from './language.ts';
import { useLanguageChoice } from './language-provider.tsx';

export function LanguageSelect(): ReactNode {
  const { language, texts, choose } = useLanguageChoice();
  return (
    <select
      className="language-select"
      aria-label={texts.language}
      value={language}
      onChange={(event) => {
        const chosen = LANGUAGES.find((one) => one === event.target.value);
        if (chosen !== undefined) choose(chosen);
      }}
    >
      {LANGUAGES.map((one) => (
        <option key={one} value={one} lang={one}>
          {textsOf[one].languageName}
        </option>
      ))}
    </select>
  );
}
