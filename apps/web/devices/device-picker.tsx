import { useId, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { TurnCameraIcon } from '../icons/icons.tsx';
import { useStore } from '../store.ts';
import type { DeviceList } from './device-list.ts';
import type { LocalDevice } from './local-device.ts';
import { Speaker, SYSTEM_SPEAKER } from './speaker.ts';
import './device-picker.css';

/** What of a visit to a room can be chosen. */
export interface ChoosableDevices {
  readonly camera: LocalDevice;
  readonly mic: LocalDevice;
  readonly speaker: Speaker;
  readonly deviceList: DeviceList;
}

/** Which camera, microphone and loudspeaker. What is chosen is used at once, in a call as well. */
export function DevicePicker({ of }: { readonly of: ChoosableDevices }): ReactNode {
  const { camera, mic, speaker, deviceList } = of;
  const texts = useTexts();
  const devices = useStore(deviceList.devices);
  const speakerId = useStore(speaker.id);
  const known = devices.filter(({ deviceId, label }) => deviceId !== '' && label !== '');
  const ofKind = (kind: MediaDeviceKind): Option[] =>
    known.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ value: deviceId, label }));
  const speakers = ofKind('audiooutput').filter(({ value }) => value !== 'default');
  const nothing = devices.length > 0 && known.length === 0 ? texts.nameUnknown : texts.noneFound;
  return (
    <div className="device-picker">
      <InputField label={texts.camera} device={camera} options={ofKind('videoinput')} nothing={nothing} />
      <TurnCamera camera={camera} />
      <InputField label={texts.microphone} device={mic} options={ofKind('audioinput')} nothing={nothing} />
      {Speaker.canBeChosen ? (
        <Field
          label={texts.speaker}
          options={[{ value: SYSTEM_SPEAKER, label: texts.systemSpeaker }, ...speakers]}
          value={speakerId}
          nothing={nothing}
          onChoose={(id) => speaker.choose(id)}
        />
      ) : null}
    </div>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface InputFieldProps {
  readonly label: string;
  readonly device: LocalDevice;
  readonly options: readonly Option[];
  readonly nothing: string;
}

function InputField({ device, ...field }: InputFieldProps): ReactNode {
  const state = useStore(device.state);
  const choice = useStore(device.choice);
  const chosen = 'deviceId' in choice ? choice.deviceId : '';
  const value = state.status === 'on' ? (state.track.getSettings().deviceId ?? chosen) : chosen;
  return <Field {...field} value={value} onChoose={(deviceId) => void device.choose({ deviceId })} />;
}

interface FieldProps extends Omit<InputFieldProps, 'device'> {
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

function Field({ label, options, nothing, value, onChoose }: FieldProps): ReactNode {
  const id = useId();
  // What was remembered may not be there today.
  const selected = options.find((option) => option.value === value) ?? options[0];
  return (
    <div className="device-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={selected?.value ?? ''}
        disabled={options.length === 0}
        onChange={(event) => onChoose(event.target.value)}
      >
        {options.length === 0 ? <option value="">{nothing}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** On a phone, whose cameras have directions rather than names. */
function TurnCamera({ camera }: { readonly camera: LocalDevice }): ReactNode {
  const texts = useTexts();
  const state = useStore(camera.state);
  const facing = state.status === 'on' ? state.track.getSettings().facingMode : undefined;
  if (facing !== 'user' && facing !== 'environment') return null;
  const other = facing === 'user' ? 'environment' : 'user';
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      onClick={() => void camera.choose({ facing: other })}
    >
      <TurnCameraIcon />
      {other === 'user' ? texts.toFrontCamera : texts.toBackCamera}
    </button>
  );
}
