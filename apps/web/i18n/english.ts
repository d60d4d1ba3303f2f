import type { Browser } from '../devices/browser.ts';
import { conversationInEnglish } from './conversation-english.ts';
import type { DeviceProblem } from '../devices/device-problem.ts';
import type { Shortcut } from '../call/shortcuts.ts';
import type { ScreenIncident } from '../devices/screen-share.ts';
import type { RoomNameProblem } from '../page/room-url.ts';
import type { AbortReason, LeaveReason, Topology, TopologyReason } from '#protocol';

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

export type DevicesInQuestion = 'camera' | 'mic' | 'both';

const devicesOf = (about: DevicesInQuestion): string =>
  ({ camera: 'the camera', mic: 'the microphone', both: 'camera and microphone' })[about];

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
  publicRooms: 'Public rooms',
  noPublicRooms: 'None is open at the moment. Whoever opens a room can have it listed here.',
  publicRoomsUnknown:
    'The list is not to be had at the moment: the server does not answer. It is asked again.',
  morePublicRooms: (count: number) => (count === 1 ? 'and 1 more' : `and ${count} more`),
  roomIsFull: 'full',
  meshAndServer: 'Three people, connected directly first, then through a server',

  roomNameProblems: {
    empty: 'The room has no name. Choose one of 1 to 64 characters.',
    'too-long': 'This name is too long. A room name has at most 64 characters.',
    unprintable: 'This name has characters that cannot be seen. Use letters, digits, signs or emoji.',
    malformed: 'This address is damaged. Ask for the link again.',
  } satisfies Record<RoomNameProblem, string>,
  invalidRoomTitle: 'This room cannot be opened',
  toStart: 'To the start page',

  brokenTitle: 'This page could not be shown',
  brokenSentence:
    'A part of it did not come through, or the server has a newer version by now. Look after your network, then load it again.',
  reload: 'Load again',

  previewTitle: 'Ready to join?',
  yourName: 'Your name',
  yourNamePlaceholder: 'How others see you',
  nameTooLong: 'At most 64 characters, please.',
  nameUnprintable: 'This name has characters that cannot be seen.',
  join: 'Join',
  previewCameraOff: 'Your camera is off',
  previewAsking: 'Your browser asks whether this page may use your camera and microphone.',
  nobodyIsHere: 'Nobody is here yet',
  oneIsHere: (name: string) => `${name} is here`,
  twoAreHere: (one: string, other: string) => `${one} and ${other} are here`,
  threeAreHere: (first: string, second: string, third: string) => `${first}, ${second} and ${third} are here`,
  manyAreHere: (one: string, other: string, more: number) => `${one}, ${other} and ${more} others are here`,
  makePublic: 'List this room on the start page',
  makePublicHint: 'Anybody can see there how it is called and how many are in it, and come in.',
  publicRoom: 'Public',
  roomIsPublic: 'This room is public: it is listed on the start page, and anybody can come in.',
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
  /** Where each browser has the permissions of a page. */
  deniedRemedies: {
    chrome: (about) =>
      `Click the symbol on the left of the address, switch ${devicesOf(about)} on there, then try again.`,
    firefox: (about) =>
      `Click the crossed-out symbol on the left of the address, take away the block of ${devicesOf(about)}, then try again.`,
    safari: (about) =>
      `Choose “Settings for This Website” in the Safari menu, allow ${devicesOf(about)} there, then try again.`,
    ios: (about) =>
      `In Safari, tap the symbol beside the address, open “Website Settings” and allow ${devicesOf(about)}; for another browser allow it in the Settings app, under that browser's name. Then try again.`,
    other: (about) => `Allow ${devicesOf(about)} in the site settings beside the address, then try again.`,
  } satisfies Record<Browser, (about: DevicesInQuestion) => string>,
  joinWithout: 'You can join all the same.',

  shareScreen: 'Share your screen',
  stopSharing: 'Stop sharing',
  youShareScreen: 'The others see your screen.',
  screenOf: (name: string) => `Screen of ${name}`,
  someoneShares: (name: string) => `${name} shares a screen`,
  someoneStoppedSharing: (name: string) => `${name} no longer shares a screen`,
  screenIncidents: {
    ended: 'Your screen is no longer shared: that was ended in the browser, or what you shared was closed.',
    'denied-by-system':
      "Your computer keeps the screen from this browser. Allow the browser to record the screen in your system's privacy settings, then try again.",
    failed: 'Your screen could not be shared. Try again, and choose another window or tab if it stays so.',
  } satisfies Record<ScreenIncident, string>,

  deviceSettings: 'Devices and view',
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
  systemSpeaker: 'As the system has it',
  noneFound: 'None found',
  nameUnknown: 'Not known before you allow it',
  toFrontCamera: 'Use the front camera',
  toBackCamera: 'Use the back camera',
  deviceReplaced: {
    mic: (label: string) =>
      `Your microphone went away. The others hear you through another one now: ${label}`,
    camera: (label: string) => `Your camera went away. The others see you through another one now: ${label}`,
  },
  deviceKept: {
    mic: (label: string) => `That microphone cannot be used at the moment. You go on with this one: ${label}`,
    camera: (label: string) => `That camera cannot be used at the moment. You go on with this one: ${label}`,
  },
  speakerWentAway: 'Your speaker went away. You hear the others through the one that the system has chosen.',
  devicePaused: {
    mic: 'Your system has paused the microphone: the others do not hear you until it gives it back.',
    camera: 'Your system has paused the camera: the others do not see you until it gives it back.',
  },
  wasAsleep: (minutes: number) =>
    minutes === 1
      ? 'This page was asleep for about a minute. What was said meanwhile has passed you by.'
      : `This page was asleep for about ${minutes} minutes. What was said meanwhile has passed you by.`,

  view: 'View',
  toGridView: 'Everybody in a grid',
  toSpeakerView: 'Whoever speaks large',
  enterFullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  pictureInPicture: 'Picture in picture',
  noPictureToShow: 'There is no picture that could be shown in a window of its own yet.',
  showLarge: (name: string) => `Show large: ${name}`,
  showAllAgain: 'Show everybody again',
  previousPage: 'Previous people',
  nextPage: 'More people',
  pageOf: (page: number, pages: number) => `Page ${page} of ${pages}`,
  talkingWhileHeld: 'You can be heard until you let go of the space bar.',

  shortcutsTitle: 'Keyboard shortcuts',
  openShortcuts: 'Keyboard shortcuts',
  shortcuts: {
    mic: 'Microphone on or off',
    talk: 'Speak while it is held down, with the microphone off',
    camera: 'Camera on or off',
    screen: 'Share your screen, or stop',
    hand: 'Raise your hand, or lower it',
    chat: 'Chat',
    view: 'Grid, or whoever speaks large',
    fullScreen: 'Full screen on or off',
    pictureInPicture: 'Picture in picture on or off',
    previousPage: 'Previous people',
    nextPage: 'More people',
    unpin: 'Show everybody again',
    help: 'Show these shortcuts',
  } satisfies Record<Shortcut | 'talk', string>,
  spaceBar: 'Space',

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
  invite: 'Invite others',
  shareLink: 'Share …',
  linkNotShared: 'That did not work. Copy the link instead.',
  qrCode: 'QR code of the link to this room',
  qrCodeSentence: 'Point the camera of a phone at the code: it leads straight into this room.',
  linkIsLocal:
    'This address means this computer: others cannot open it. To call them, run “npm run start:lan” on it, or put the server where they reach it.',
  linkToRoom: 'Link to this room',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  linkNotCopied: 'Select the link and copy it',
  leave: 'Leave',
  controls: 'Call controls',
  hear: 'Click to hear the others',
  callNotice: (message: string) => `The server refused that: ${message}`,

  unreachable: {
    problem: 'Picture and sound do not get through between you and the server.',
    remedy:
      'Often a VPN or a firewall is in the way. Switch the VPN off or try another network, for example that of your phone; then leave and join again.',
  },

  topology: { mesh: 'Direct', sfu: 'Server' } satisfies Record<Topology, string>,
  topologyReason: {
    'fits-mesh': 'You are few enough to send to each other directly.',
    'exceeds-mesh': 'You are too many to send to each other directly: the server passes everything on.',
    'room-setting': 'Whoever opened this room has chosen it so.',
    'relay-only': "Somebody's address is to stay hidden from the others: the server passes everything on.",
    'server-media': 'Something here can only be done on the server: it passes everything on.',
    'mesh-failed': 'Not everybody can reach each other directly: the server passes everything on.',
    constrained: "Somebody's device or network cannot send to everybody: the server passes everything on.",
    'sfu-unavailable': 'The server cannot pass anything on at the moment: you send to each other directly.',
  } satisfies Record<TopologyReason, string>,
  topologyNow: {
    mesh: 'Direct, from device to device',
    sfu: 'Through the server',
  } satisfies Record<Topology, string>,
  preparing: 'The call is being moved. You go on seeing and hearing everybody.',
  topologyChanged: {
    mesh: 'The call is direct now',
    sfu: 'The call runs over the server now',
  } satisfies Record<Topology, string>,

  detailsTitle: 'How this call runs',
  openDetails: 'How this call runs, and how it was moved',
  closeDetails: 'Close',
  timelineTitle: 'Moves of this call',
  timelineEmpty:
    'No handover yet: when the call moves from direct to the server or back, you can see here how smoothly that went.',
  timelineUnknown: 'What was before cannot be shown at the moment. New moves appear here.',
  timelineExplained:
    'A video is many pictures a second. Whenever the call moves, everybody measures the largest gap between two of them.',
  legendDuring: 'Largest gap between pictures during the move',
  legendBefore: 'Largest gap in the steady seconds before',
  legendMark: (time: string) => `${time}: a longer gap is noticed`,
  handoverTook: (time: string) => `Took ${time}.`,
  handoverGivenUp: (time: string) => `Given up after ${time}.`,
  abortReason: {
    deadline: 'It took too long, so the call stayed as it was.',
    'path-failed': 'Not everybody could be reached the new way, so the call stayed as it was.',
    superseded: 'Something newer came in between.',
    'media-unavailable': 'The server could not pass anything on, so the call stayed as it was.',
  } satisfies Record<AbortReason, string>,
  largestGap: (time: string) => `The largest gap between pictures was ${time}.`,
  largestGapBefore: (time: string) => `In the seconds before it was ${time}.`,
  noPictures: 'Nobody had a picture to measure.',
  noReports: 'Nobody has told what they saw of it.',
  showAllPaths: (count: number) => `Show all ${count}`,
  /** Null: you. */
  whoSeesWhom: (receiver: string | null, sender: string | null) =>
    receiver === null ? `You see ${sender ?? 'yourself'}` : `${receiver} sees ${sender ?? 'you'}`,
  someone: 'somebody who left',
  before: (time: string) => `before: ${time}`,
  noPicture: 'no picture',
  pictureFrozen: (time: string) => `Frozen ${time}`,
  soundFilledIn: (time: string, before: string) => `Sound patched ${time} (before: ${before})`,
  milliseconds: (count: number) => `${count}\u00a0ms`,
  seconds: (count: string) => `${count}\u00a0s`,

  conversation: conversationInEnglish,

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
