import { useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { useStore } from '../store.ts';
import { browserOf } from './browser.ts';
import type { DeviceProblem } from './device-problem.ts';
import { DeviceNotice, type DeviceNoticeProps } from './device-notice.tsx';
import { askFor, type DeviceState, type LocalDevice } from './local-device.ts';

export interface DeviceNoticesProps {
  readonly camera: LocalDevice;
  readonly mic: LocalDevice;
  /** In a call a notice can be put away; before, it stays. */
  readonly dismissible: boolean;
}

/** What is in the way of the devices, in one notice where it is the same; nothing while they work. */
export function DeviceNotices({ camera, mic, dismissible }: DeviceNoticesProps): ReactNode {
  const texts = useTexts();
  const cameraState = useStore(camera.state);
  const micState = useStore(mic.state);
  // States, not kinds of problems: who tries again and fails is told again.
  const [dismissed, setDismissed] = useState<readonly DeviceState[]>([]);

  const notice = (about: DeviceNoticeProps['about'], problem: DeviceProblem): ReactNode => {
    const words = { both: texts.problemsOfBoth, camera: texts.cameraProblems, mic: texts.micProblems }[about];
    const devices = { both: [camera, mic], camera: [camera], mic: [mic] }[about];
    const states = devices.map(({ state }) => state.get());
    if (states.every((state) => dismissed.includes(state))) return null;
    return (
      <DeviceNotice
        about={about}
        {...words[problem]}
        {...(problem === 'denied' ? { remedy: texts.deniedRemedies[browserOf(navigator)](about) } : {})}
        more={dismissible ? null : texts.joinWithout}
        onTryAgain={() => void askFor(devices)}
        onDismiss={dismissible ? () => setDismissed([...dismissed, ...states]) : null}
      />
    );
  };

  const ofCamera = problemOf(cameraState);
  const ofMic = problemOf(micState);
  if (ofCamera !== null && ofCamera === ofMic) return notice('both', ofCamera);
  return (
    <>
      {ofCamera === null ? null : notice('camera', ofCamera)}
      {ofMic === null ? null : notice('mic', ofMic)}
    </>
  );
}

function problemOf(state: DeviceState): DeviceProblem | null {
  return state.status === 'problem' ? state.problem : null;
}
