import type { ReactNode } from 'react';

/** Drawn on 24 by 24, in the colour of the text. What they mean, the control beside them says. */
export function Icon({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const MicIcon = (): ReactNode => (
  <Icon>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
  </Icon>
);

export const MicOffIcon = (): ReactNode => (
  <Icon>
    <path d="M15 9.4V6a3 3 0 0 0-5.7-1.3M9 9v2a3 3 0 0 0 4.6 2.5" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5a6.4 6.4 0 0 1-.5 2.5M12 18v3M4 4l16 16" />
  </Icon>
);

export const CameraIcon = (): ReactNode => (
  <Icon>
    <rect x="3" y="6.5" width="12" height="11" rx="2.5" />
    <path d="m15 10.8 4.6-2.9a.9.9 0 0 1 1.4.8v6.6a.9.9 0 0 1-1.4.8L15 13.2" />
  </Icon>
);

export const CameraOffIcon = (): ReactNode => (
  <Icon>
    <path d="M10.5 6.5h2A2.5 2.5 0 0 1 15 9v2m0 2.2 4.6 2.9a.9.9 0 0 0 1.4-.8V8.7a.9.9 0 0 0-1.4-.8L15 10.8" />
    <path d="M6.5 6.5h-1A2.5 2.5 0 0 0 3 9v6a2.5 2.5 0 0 0 2.5 2.5h7A2.5 2.5 0 0 0 15 15M4 4l16 16" />
  </Icon>
);

export const LinkIcon = (): ReactNode => (
  <Icon>
    <path d="M10 14a4.2 4.2 0 0 0 6 0l3-3a4.24 4.24 0 0 0-6-6l-.9.9" />
    <path d="M14 10a4.2 4.2 0 0 0-6 0l-3 3a4.24 4.24 0 0 0 6 6l.9-.9" />
  </Icon>
);

export const LeaveIcon = (): ReactNode => (
  <Icon>
    <path d="M10 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H10M10 12h10M16.5 8.5 20 12l-3.5 3.5" />
  </Icon>
);

export const CheckIcon = (): ReactNode => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);

export const CloseIcon = (): ReactNode => (
  <Icon>
    <path d="m6.5 6.5 11 11m0-11-11 11" />
  </Icon>
);

export const PeopleIcon = (): ReactNode => (
  <Icon>
    <circle cx="9" cy="8.5" r="3.25" />
    <path d="M3 19c.4-3.2 2.8-5 6-5s5.6 1.8 6 5M15.5 5.500a3.25 3.25 0 0 1 0 6M17.5 14.400c2 .7 3.2 2.3 3.5 4.6" />
  </Icon>
);

export const AlertIcon = (): ReactNode => (
  <Icon>
    <path d="M12 4 3 19.500h18L12 4ZM12 10v4.500M12 17v.01" />
  </Icon>
);

export const SoundIcon = (): ReactNode => (
  <Icon>
    <path d="M4 9.500v5h3.500L12 18.500v-13L7.5 9.500H4ZM15.5 9a4.25 4.25 0 0 1 0 6M18 6.500a7.8 7.8 0 0 1 0 11" />
  </Icon>
);

export const ShareIcon = (): ReactNode => (
  <Icon>
    <circle cx="6.5" cy="12" r="2.5" />
    <circle cx="17" cy="6" r="2.5" />
    <circle cx="17" cy="18" r="2.5" />
    <path d="m8.700 10.800 6.100-3.500M8.700 13.200l6.100 3.500" />
  </Icon>
);

export const ScreenIcon = (): ReactNode => (
  <Icon>
    <rect x="3" y="4.500" width="18" height="12" rx="2" />
    <path d="M8.500 20h7M12 13.500v-6M9.250 10 12 7.250 14.750 10" />
  </Icon>
);

export const StopScreenIcon = (): ReactNode => (
  <Icon>
    <rect x="3" y="4.500" width="18" height="12" rx="2" />
    <path d="M8.500 20h7m-5.500-7.500 4-4m0 4-4-4" />
  </Icon>
);

export const SlidersIcon = (): ReactNode => (
  <Icon>
    <path d="M4 7.500h8m5 0h3M4 16.500h3m5 0h8" />
    <circle cx="14.500" cy="7.500" r="2.500" />
    <circle cx="9.500" cy="16.500" r="2.500" />
  </Icon>
);

export const PreviousIcon = (): ReactNode => (
  <Icon>
    <path d="m14.500 6-6 6 6 6" />
  </Icon>
);

export const NextIcon = (): ReactNode => (
  <Icon>
    <path d="m9.500 6 6 6-6 6" />
  </Icon>
);

export const GridIcon = (): ReactNode => (
  <Icon>
    <rect x="3.500" y="5" width="7" height="6" rx="1.500" />
    <rect x="13.500" y="5" width="7" height="6" rx="1.500" />
    <rect x="3.500" y="13.500" width="7" height="6" rx="1.500" />
    <rect x="13.500" y="13.500" width="7" height="6" rx="1.500" />
  </Icon>
);

export const StageIcon = (): ReactNode => (
  <Icon>
    <rect x="3.500" y="5" width="12" height="14.500" rx="1.500" />
    <path d="M19.500 5.500v3m0 2.250v3m0 2.250v3" />
  </Icon>
);

export const FullScreenIcon = (): ReactNode => (
  <Icon>
    <path d="M4 9V5.500A1.500 1.500 0 0 1 5.500 4H9m6 0h3.500A1.500 1.500 0 0 1 20 5.500V9m0 6v3.500a1.500 1.500 0 0 1-1.500 1.500H15m-6 0H5.500A1.500 1.500 0 0 1 4 18.500V15" />
  </Icon>
);

export const PictureInPictureIcon = (): ReactNode => (
  <Icon>
    <path d="M21 10.500V7a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h4" />
    <rect x="12" y="13" width="9" height="6.500" rx="1.500" />
  </Icon>
);

export const KeyboardIcon = (): ReactNode => (
  <Icon>
    <rect x="2.500" y="6" width="19" height="12" rx="2" />
    <path d="M6.500 10v.01m3.700 0v.01m3.700 0v.01m3.600 0v.01M8.500 14h7" />
  </Icon>
);

export const TurnCameraIcon = (): ReactNode => (
  <Icon>
    <path d="M4.500 12a7.500 7.500 0 0 1 13-5.100L19.500 9M19.500 4.500V9H15m4.500 3a7.500 7.500 0 0 1-13 5.100L4.500 15m0 4.500V15H9" />
  </Icon>
);
