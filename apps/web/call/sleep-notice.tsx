import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { CallNotice } from './call-notice.tsx';
import { SleepWatch } from './sleep-watch.ts';

const MINUTE_MS = 60_000;

/** Says that the page was asleep: what has become of the call meanwhile is said beside it. */
export function SleepNotice(): ReactNode {
  const texts = useTexts();
  const [asleepMs, setAsleepMs] = useState<number | null>(null);
  useEffect(() => new SleepWatch(setAsleepMs).start(), []);
  if (asleepMs === null) return null;
  return (
    <CallNotice testId="was-asleep" onDismiss={() => setAsleepMs(null)}>
      {texts.wasAsleep(Math.max(1, Math.round(asleepMs / MINUTE_MS)))}
    </CallNotice>
  );
}
