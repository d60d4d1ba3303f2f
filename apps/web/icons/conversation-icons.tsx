import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

export const ChatIcon = (): ReactNode => (
  <Icon>
    <path d="M6.5 5h11A2.5 2.5 0 0 1 20 7.5v6.5a2.5 2.5 0 0 1-2.5 2.5H12L7.5 20v-3.5h-1A2.5 2.5 0 0 1 4 14V7.5A2.5 2.5 0 0 1 6.5 5ZM8.5 9.5h7M8.5 12.5h4" />
  </Icon>
);

export const HandIcon = (): ReactNode => (
  <Icon>
    <path d="M8 13V6.5a1.4 1.4 0 0 1 2.8 0V11m0-5.8a1.4 1.4 0 0 1 2.8 0V11m0-4.5a1.4 1.4 0 0 1 2.8 0V12m0-2.5a1.3 1.3 0 0 1 2.6 0V15a6 6 0 0 1-6 6c-2.6 0-4.1-1-5.3-3L5.2 13.9a1.35 1.35 0 0 1 2.2-1.5L8 13" />
  </Icon>
);

export const ReactionIcon = (): ReactNode => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M8.3 14a4.3 4.3 0 0 0 7.4 0M9 9.5v.6M15 9.5v.6" />
  </Icon>
);

export const SendIcon = (): ReactNode => (
  <Icon>
    <path d="M4.5 11.5 20 4.5l-5 15.5-3.5-6.5-7-2ZM11.5 13.5 20 4.5" />
  </Icon>
);

export const LockIcon = (): ReactNode => (
  <Icon>
    <rect x="5.5" y="10.5" width="13" height="9" rx="2" />
    <path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />
  </Icon>
);
