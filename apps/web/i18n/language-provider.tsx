import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { english, type Texts } from './english.ts';
import { currentLanguage, rememberLanguage, textsOf, type Language } from './language.ts';

interface LanguageChoice {
  readonly language: Language;
  readonly texts: Texts;
  readonly choose: (language: Language) => void;
}

const Choice = createContext<LanguageChoice>({ language: 'en', texts: english, choose: () => {} });

export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo(
    () => ({
      language,
      texts: textsOf[language],
      choose: (chosen: Language) => {
        rememberLanguage(chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Choice value={choice}>{children}</Choice>;
}

export function useTexts(): Texts {
  return useContext(Choice).texts;
}

export function useLanguageChoice(): LanguageChoice {
  return useContext(Choice);
}
