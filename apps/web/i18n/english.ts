import type { DeviceProblem } from '../devices/device-problem.ts';
import type { RoomNameProblem } from '../page/room-url.ts';
import type { LeaveReason, Topology, TopologyReason } from '#protocol';

interface ProblemAndRemedy {
  readonly problem: string;
  readonly remedy: string;
}

const camera = 'camera';
const microphone = 'microphone';

const deviceProblems = (device: string): Record<DeviceProblem, ProblemAndRemedy> => ({
  denied: {
    problem: `This page may not use your ${device}.`,
    remedy: `Allow the ${device} in the site settings beside the address, then try again.`,
  },
  'denied-by-system': {
    problem: `Your computer keeps the ${device} from this browser.`,
    remedy: `Allow the browser to use the ${device} in your system's privacy settings, then try again.`,
  },
  absent: {
    problem: `No ${device} was found.`,
    remedy: `Connect a ${device}, then try again.`,
  },
  busy: {
    problem: `Your ${device} is used by another program.`,
    remedy: 'Close the program that uses it, then try again.',
  },
  insecure: {
    problem: `Browsers give the ${device} to secure pages only.`,
    remedy: 'Open this page by its https:// address, or on the computer it runs on by http://localhost.',
  },
  unplugged: {
    problem: `Your ${device} was disconnected.`,
    remedy: 'Connect it again, then try again.',
  },
  unknown: {
    problem: `Your ${device} could not be started.`,
    remedy: 'Close other programs that may use it, or reload this page, then try again.',
  },
});

/** Where the same is in the way of both. */
const problemsOfBoth: Record<DeviceProblem, ProblemAndRemedy> = {
  denied: {
    problem: 'This page may not use your camera and microphone.',
    remedy: 'Allow both in the site settings beside the address, then try again.',
  },
  'denied-by-system': {
    problem: 'Your computer keeps camera and microphone from this browser.',
    remedy: "Allow the browser to use both in your system's privacy settings, then try again.",
  },
  absent: {
    problem: 'No camera and no microphone were found.',
    remedy: 'Connect them, then try again.',
  },
  busy: {
    problem: 'Your camera and microphone are used by another program.',
    remedy: 'Close the program that uses them, then try again.',
  },
  insecure: {
    problem: 'Browsers give camera and microphone to secure pages only.',
    remedy: 'Open this page by its https:// address, or on the computer it runs on by http://localhost.',
  },
  unplugged: {
    problem: 'Your camera and microphone were disconnected.',
    remedy: 'Connect them again, then try again.',
  },
  unknown: {
    problem: 'Your camera and microphone could not be started.',
    remedy: 'Close other programs that may use them, or reload this page, then try again.',
  },
};

/** Every text of the call client, in English. The other languages have the same shape. */
export const english = {
  languageName: 'English',
  language: 'Language',
  guest: 'Guest',
  you: 'You',

  landingTitle: 'Video calls that never miss a beat',
  landingSentence:
    'Two people talk directly; when more come in, the call moves onto a server, and nobody misses a word.',
  roomName: 'Room name',
  roomNameHint: 'Leave it empty, and a name is made up for you.',
  startCall: 'Start a call',
  landingPromise: 'Nothing to install and no account. Whoever has the link can come in.',
  meshAndServer: 'Three people, connected directly first, then through a server',

  roomNameProblems: {
    empty: 'The room has no name. Choose one of 1 to 64 characters.',
    'too-long': 'This name is too long. A room name has at most 64 characters.',
    unprintable: 'This name has characters that cannot be seen. Use letters, digits, signs or emoji.',
    malformed: 'This address is damaged. Ask for the link again.',
  } satisfies Record<RoomNameProblem, string>,
  invalidRoomTitle: 'This room cannot be opened',
  toStart: 'To the start page',

  previewTitle: 'Ready to join?',
  yourName: 'Your name',
  yourNamePlaceholder: 'How others see you',
  nameTooLong: 'At most 64 characters, please.',
  nameUnprintable: 'This name has characters that cannot be seen.',
  join: 'Join',
  previewCameraOff: 'Your camera is off',
  previewAsking: 'Your browser asks whether this page may use your camera and microphone.',
  ownPreview: 'Your camera, as a mirror',

  micOn: 'Turn the microphone on',
  micOff: 'Turn the microphone off',
  cameraOn: 'Turn the camera on',
  cameraOff: 'Turn the camera off',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  cameraProblems: deviceProblems(camera),
  micProblems: deviceProblems(microphone),
  problemsOfBoth,
  joinWithout: 'You can join all the same.',

  waitingForDevices: 'Waiting for your camera and microphone. Your browser may be asking you about them.',
  joining: 'Joining …',
  reconnecting: 'The connection was lost. Reconnecting …',
  participants: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  participantsIn: (room: string) => `People in ${room}`,
  someoneJoined: (name: string) => `${name} joined`,
  someoneLeft: (name: string) => `${name} left`,
  micMuted: (name: string) => `${name}: microphone off`,
  aloneTitle: 'You are alone here',
  aloneSentence: 'Share the link. Whoever opens it comes straight into this room.',
  linkToRoom: 'Link to this room',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  linkNotCopied: 'Select the link and copy it',
  leave: 'Leave',
  controls: 'Call controls',
  hear: 'Click to hear the others',
  callNotice: (message: string) => `The server refused that: ${message}`,

  topology: { mesh: 'Direct', sfu: 'Server' } satisfies Record<Topology, string>,
  topologyReason: {
    'fits-mesh': 'You are few enough to send to each other directly.',
    'exceeds-mesh': 'You are too many to send to each other directly: the server passes everything on.',
    'room-setting': 'Whoever opened this room has chosen it so.',
  } satisfies Record<TopologyReason, string>,
  preparing: 'The call is being moved. You go on seeing and hearing everybody.',
  topologyChanged: {
    mesh: 'The call is direct now',
    sfu: 'The call runs over the server now',
  } satisfies Record<Topology, string>,

  leaveReasons: {
    left: 'You left',
    'connection-lost': 'The connection was lost',
    'removed-by-operator': 'You were removed by an operator',
    'room-ended': 'The room was ended by its host',
    'server-stopping': 'The server is stopping',
  } satisfies Record<LeaveReason, string>,
  leaveNext: {
    left: 'You can come back at any time.',
    'connection-lost': 'Look after your network, then join again.',
    'removed-by-operator': 'If that was a mistake, ask whoever runs this server.',
    'room-ended': 'Joining again opens the room anew.',
    'server-stopping': 'It may be back in a moment.',
  } satisfies Record<LeaveReason, string>,
  rejoin: 'Rejoin',

  failedTitle: 'The call could not be made',
  failures: {
    ROOM_FULL: {
      problem: 'This room is full.',
      remedy: 'Try again when somebody has left, or open another room.',
    },
    SERVER_UNREACHABLE: {
      problem: 'The server cannot be reached.',
      remedy: 'Look after your network. A proxy or firewall must let WebSocket or HTTP through.',
    },
    TIMEOUT: {
      problem: 'The server did not answer in time.',
      remedy: 'It may be busy, or your network slow. Try again.',
    },
    SERVER_STOPPING: {
      problem: 'The server is stopping and takes nobody in.',
      remedy: 'Try again in a moment.',
    },
    MEDIA_UNAVAILABLE: {
      problem: 'The server cannot carry media at the moment.',
      remedy: 'Try again in a moment. If it stays so, tell whoever runs this server.',
    },
    UNSUPPORTED_BROWSER: {
      problem: 'This browser cannot make calls.',
      remedy: 'Open the link in a current Chrome, Edge, Firefox or Safari.',
    },
    INVALID_PAYLOAD: {
      problem: 'The server did not accept the name or the room.',
      remedy: 'Reload this page and choose another name of 1 to 64 characters.',
    },
  },
  otherFailure: (code: string): ProblemAndRemedy => ({
    problem: 'Something went wrong.',
    remedy: `Try again. If it stays so, tell whoever runs this server that it said ${code}.`,
  }),
};

/** What keeps its form in every language. */
type InAnyLanguage<Text> = Text extends string
  ? string
  : Text extends (...parameters: infer Parameters) => infer Answer
    ? (...parameters: Parameters) => InAnyLanguage<Answer>
    : { readonly [Key in keyof Text]: InAnyLanguage<Text[Key]> };

export type Texts = InAnyLanguage<typeof english>;
