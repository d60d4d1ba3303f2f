import { conversationInKorean } from './conversation-korean.ts';
import type { DevicesInQuestion, Texts } from './english.ts';

// All of them end in a vowel: they take the same particles.
const deviceProblems = (device: '카메라' | '마이크' | '카메라와 마이크'): Texts['cameraProblems'] => ({
  denied: {
    problem: `이 페이지에서 ${device}를 사용할 수 없습니다.`,
    remedy: `주소창 옆 사이트 설정에서 ${device}를 허용한 다음 다시 시도하세요.`,
  },
  'denied-by-system': {
    problem: `컴퓨터가 이 브라우저의 ${device} 사용을 막고 있습니다.`,
    remedy: `시스템의 개인정보 보호 설정에서 브라우저의 ${device} 사용을 허용한 다음 다시 시도하세요.`,
  },
  absent: {
    problem: `${device}를 찾을 수 없습니다.`,
    remedy: `${device}를 연결한 다음 다시 시도하세요.`,
  },
  busy: {
    problem: `다른 프로그램이 ${device}를 사용하고 있습니다.`,
    remedy: '사용 중인 프로그램을 닫은 다음 다시 시도하세요.',
  },
  insecure: {
    problem: `브라우저는 보안 연결에서만 ${device}를 허용합니다.`,
    remedy:
      'https:// 주소로 이 페이지를 여세요. 서버가 실행 중인 컴퓨터에서는 http://localhost로 열 수 있습니다.',
  },
  unplugged: {
    problem: `${device} 연결이 끊어졌습니다.`,
    remedy: '다시 연결한 다음 다시 시도하세요.',
  },
  unknown: {
    problem: `${device}를 시작하지 못했습니다.`,
    remedy: '다른 프로그램을 닫거나 페이지를 새로 고친 다음 다시 시도하세요.',
  },
});

const devicesOf = (about: DevicesInQuestion): string =>
  ({ camera: '카메라', mic: '마이크', both: '카메라와 마이크' })[about];

/** Every text of the call client, in Korean. */
export const korean: Texts = {
  languageName: '한국어',
  language: '언어',
  guest: '손님',
  you: '나',

  landingTitle: '끊김 없이 이어지는 영상 통화',
  landingSentence:
    '둘이서는 서로 직접 연결되고, 사람이 늘면 한마디도 놓치지 않은 채 통화가 서버로 옮겨 갑니다.',
  roomName: '방 이름',
  roomNameHint: '비워 두면 이름을 지어 드립니다.',
  startCall: '통화 시작',
  landingPromise: '설치도 계정도 필요 없습니다. 링크가 있으면 누구나 들어올 수 있습니다.',
  publicRooms: '공개된 방',
  noPublicRooms: '지금은 열려 있는 공개 방이 없습니다. 방을 여는 사람이 원하면 여기에 나타납니다.',
  publicRoomsUnknown: '서버가 응답하지 않아 지금은 목록을 볼 수 없습니다. 계속 다시 시도합니다.',
  morePublicRooms: (count) => `외 ${count}개`,
  roomIsFull: '정원 참',
  meshAndServer: '세 사람이 먼저 직접, 그다음 서버를 거쳐 연결되는 그림',

  roomNameProblems: {
    empty: '방 이름이 비어 있습니다. 1~64자로 정해 주세요.',
    'too-long': '이름이 너무 깁니다. 방 이름은 64자까지 쓸 수 있습니다.',
    unprintable: '이름에 보이지 않는 문자가 있습니다. 글자, 숫자, 기호, 이모지를 쓰세요.',
    malformed: '주소가 손상되었습니다. 링크를 다시 받아 주세요.',
  },
  invalidRoomTitle: '이 방을 열 수 없습니다',
  toStart: '처음으로',

  brokenTitle: '페이지를 표시하지 못했습니다',
  brokenSentence:
    '일부를 불러오지 못했거나 서버가 새 버전으로 바뀌었습니다. 네트워크를 확인한 다음 다시 불러오세요.',
  reload: '다시 불러오기',

  previewTitle: '참여할 준비가 되셨나요?',
  yourName: '이름',
  yourNamePlaceholder: '다른 사람에게 보이는 이름',
  nameTooLong: '64자까지 쓸 수 있습니다.',
  nameUnprintable: '이름에 보이지 않는 문자가 있습니다.',
  join: '참여하기',
  previewCameraOff: '카메라가 꺼져 있습니다',
  previewAsking: '브라우저가 카메라와 마이크 사용을 허용할지 묻고 있습니다.',
  nobodyIsHere: '아직 아무도 없습니다',
  oneIsHere: (name) => `${name} 님이 있습니다`,
  twoAreHere: (one, other) => `${one}, ${other} 님이 있습니다`,
  threeAreHere: (first, second, third) => `${first}, ${second}, ${third} 님이 있습니다`,
  manyAreHere: (one, other, more) => `${one}, ${other} 님 외 ${more}명이 있습니다`,
  makePublic: '시작 페이지에 이 방 공개하기',
  makePublicHint: '누구나 방 이름과 인원을 보고 들어올 수 있습니다.',
  publicRoom: '공개',
  roomIsPublic: '공개된 방입니다. 시작 페이지에 나타나며 누구나 들어올 수 있습니다.',
  ownPreview: '거울처럼 보이는 내 카메라',

  micOn: '마이크 켜기',
  micOff: '마이크 끄기',
  cameraOn: '카메라 켜기',
  cameraOff: '카메라 끄기',
  tryAgain: '다시 시도',
  dismiss: '닫기',
  cameraProblems: deviceProblems('카메라'),
  micProblems: deviceProblems('마이크'),
  problemsOfBoth: deviceProblems('카메라와 마이크'),
  deniedRemedies: {
    chrome: (about) => `주소 왼쪽의 아이콘을 눌러 ${devicesOf(about)}를 켠 다음 다시 시도하세요.`,
    firefox: (about) =>
      `주소 왼쪽의 빗금 친 아이콘을 눌러 ${devicesOf(about)} 차단을 지운 다음 다시 시도하세요.`,
    safari: (about) =>
      `Safari 메뉴의 ‘이 웹사이트의 설정’에서 ${devicesOf(about)}를 허용한 다음 다시 시도하세요.`,
    ios: (about) =>
      `Safari에서는 주소 옆 아이콘을 누르고 ‘웹사이트 설정’에서 ${devicesOf(about)}를 허용하세요. 다른 브라우저라면 설정 앱의 그 브라우저 항목에서 허용하세요. 그런 다음 다시 시도하세요.`,
    other: (about) => `주소 옆 사이트 설정에서 ${devicesOf(about)}를 허용한 다음 다시 시도하세요.`,
  },
  joinWithout: '그래도 참여할 수 있습니다.',

  shareScreen: '화면 공유',
  stopSharing: '공유 중지',
  youShareScreen: '내 화면을 공유하고 있습니다.',
  screenOf: (name) => `${name} 님의 화면`,
  someoneShares: (name) => `${name} 님이 화면을 공유합니다`,
  someoneStoppedSharing: (name) => `${name} 님이 화면 공유를 중지했습니다`,
  screenIncidents: {
    ended: '화면 공유가 끝났습니다. 브라우저에서 공유를 중지했거나 공유하던 창이 닫혔습니다.',
    'denied-by-system':
      '컴퓨터가 이 브라우저의 화면 공유를 막고 있습니다. 시스템의 개인정보 보호 설정에서 브라우저의 화면 기록을 허용한 다음 다시 시도하세요.',
    failed: '화면을 공유하지 못했습니다. 다시 시도하고, 계속되면 다른 창이나 탭을 고르세요.',
  },

  deviceSettings: '장치와 보기',
  camera: '카메라',
  microphone: '마이크',
  speaker: '스피커',
  systemSpeaker: '시스템 설정대로',
  noneFound: '없음',
  nameUnknown: '허용하면 이름이 나타납니다',
  toFrontCamera: '전면 카메라 사용',
  toBackCamera: '후면 카메라 사용',
  deviceReplaced: {
    mic: (label) => `마이크 연결이 끊어져 이제 다른 마이크를 사용합니다: ${label}`,
    camera: (label) => `카메라 연결이 끊어져 이제 다른 카메라를 사용합니다: ${label}`,
  },
  deviceKept: {
    mic: (label) => `그 마이크는 지금 사용할 수 없어서 이 마이크를 계속 사용합니다: ${label}`,
    camera: (label) => `그 카메라는 지금 사용할 수 없어서 이 카메라를 계속 사용합니다: ${label}`,
  },
  speakerWentAway: '스피커 연결이 끊어졌습니다. 이제 시스템이 정한 스피커로 소리가 나옵니다.',
  devicePaused: {
    mic: '시스템이 마이크를 잠시 멈췄습니다. 다시 켜질 때까지 내 소리가 들리지 않습니다.',
    camera: '시스템이 카메라를 잠시 멈췄습니다. 다시 켜질 때까지 내 모습이 보이지 않습니다.',
  },
  wasAsleep: (minutes) =>
    `이 페이지가 약 ${minutes}분 동안 잠들어 있었습니다. 그동안의 대화는 듣지 못했습니다.`,

  view: '보기',
  toGridView: '모두 나란히 보기',
  toSpeakerView: '말하는 사람 크게 보기',
  enterFullScreen: '전체 화면',
  leaveFullScreen: '전체 화면 끝내기',
  pictureInPicture: 'PIP 모드',
  noPictureToShow: '아직 따로 띄울 화면이 없습니다.',
  showLarge: (name) => `크게 보기: ${name}`,
  showAllAgain: '다시 모두 보기',
  previousPage: '이전 사람들',
  nextPage: '다음 사람들',
  pageOf: (page, pages) => `${pages}쪽 중 ${page}쪽`,
  talkingWhileHeld: '스페이스 바를 놓을 때까지 내 소리가 들립니다.',

  shortcutsTitle: '키보드 단축키',
  openShortcuts: '키보드 단축키',
  shortcuts: {
    mic: '마이크 켜기, 끄기',
    talk: '마이크가 꺼져 있을 때 누르고 있는 동안 말하기',
    camera: '카메라 켜기, 끄기',
    screen: '화면 공유, 공유 중지',
    hand: '손 들기, 내리기',
    chat: '채팅',
    view: '모두 나란히 보기, 말하는 사람 크게 보기',
    fullScreen: '전체 화면 켜기, 끄기',
    pictureInPicture: 'PIP 모드 켜기, 끄기',
    previousPage: '이전 사람들',
    nextPage: '다음 사람들',
    unpin: '다시 모두 보기',
    help: '단축키 보기',
  },
  spaceBar: '스페이스 바',

  waitingForDevices: '카메라와 마이크를 기다리고 있습니다. 브라우저가 허용 여부를 묻고 있을 수 있습니다.',
  joining: '참여하는 중…',
  reconnecting: '연결이 끊어졌습니다. 다시 연결하는 중…',
  participants: (count) => `${count}명`,
  participantsIn: (room) => `${room} 참가자`,
  someoneJoined: (name) => `${name} 님이 들어왔습니다`,
  someoneLeft: (name) => `${name} 님이 나갔습니다`,
  micMuted: (name) => `${name}: 마이크 꺼짐`,
  aloneTitle: '아직 혼자입니다',
  aloneSentence: '링크를 공유하세요. 링크를 열면 바로 이 방으로 들어옵니다.',
  invite: '초대하기',
  shareLink: '공유…',
  linkNotShared: '공유하지 못했습니다. 대신 링크를 복사하세요.',
  qrCode: '이 방의 링크 QR 코드',
  qrCodeSentence: '휴대전화 카메라로 코드를 비추면 바로 이 방으로 들어옵니다.',
  linkIsLocal:
    '이 주소는 이 컴퓨터에서만 열립니다. 다른 사람을 초대하려면 “npm run start:lan”으로 실행하거나 서버를 밖에서 접근할 수 있는 곳에 두세요.',
  linkToRoom: '이 방의 링크',
  copyLink: '링크 복사',
  linkCopied: '복사했습니다',
  linkNotCopied: '링크를 선택해서 복사하세요',
  leave: '나가기',
  controls: '통화 도구',
  hear: '눌러서 소리 듣기',
  callNotice: (message) => `서버가 거절했습니다: ${message}`,

  unreachable: {
    problem: '나와 서버 사이에 영상과 소리가 오가지 못하고 있습니다.',
    remedy:
      'VPN이나 방화벽이 막고 있는 경우가 많습니다. VPN을 끄거나 휴대전화 같은 다른 네트워크로 바꾼 다음 나갔다가 다시 참여하세요.',
  },

  topology: { mesh: '직접', sfu: '서버' },
  topologyReason: {
    'fits-mesh': '사람이 적어서 서로에게 직접 보냅니다.',
    'exceeds-mesh': '직접 주고받기에는 사람이 많아서 서버가 전달합니다.',
    'room-setting': '방을 연 사람이 이렇게 정했습니다.',
    'relay-only': '주소를 숨기려는 사람이 있어서 서버가 전달합니다.',
    'server-media': '서버에서만 할 수 있는 일이 있어서 서버가 전달합니다.',
    'mesh-failed': '서로 직접 연결되지 않는 사람이 있어서 서버가 전달합니다.',
    constrained: '기기나 네트워크가 모두에게 보내기에 벅찬 사람이 있어서 서버가 전달합니다.',
    'sfu-unavailable': '지금은 서버가 전달할 수 없어서 서로에게 직접 보냅니다.',
  },
  topologyNow: {
    mesh: '기기에서 기기로 직접',
    sfu: '서버를 거쳐서',
  },
  preparing: '통화를 옮기는 중입니다. 그동안에도 계속 보고 들을 수 있습니다.',
  topologyChanged: {
    mesh: '이제 서로 직접 연결됩니다',
    sfu: '이제 서버를 거쳐 연결됩니다',
  },

  detailsTitle: '통화 연결 상태',
  openDetails: '통화 연결 상태와 이동 기록',
  closeDetails: '닫기',
  timelineTitle: '통화 이동 기록',
  timelineEmpty:
    '아직 이동한 적이 없습니다. 통화가 직접 연결에서 서버로, 또는 그 반대로 옮겨 가면 얼마나 매끄러웠는지 여기에 나타납니다.',
  timelineUnknown: '지금은 이전 기록을 볼 수 없습니다. 새 기록은 여기에 나타납니다.',
  timelineExplained:
    '영상은 1초에 여러 장의 화면으로 이루어집니다. 통화가 옮겨 갈 때마다 모두가 두 화면 사이의 가장 긴 간격을 잽니다.',
  legendDuring: '옮겨 가는 동안 화면 사이의 가장 긴 간격',
  legendBefore: '그 직전 평소의 가장 긴 간격',
  legendMark: (time) => `${time}: 이보다 길면 끊김이 느껴집니다`,
  handoverTook: (time) => `${time} 걸렸습니다.`,
  handoverGivenUp: (time) => `${time} 만에 그만두었습니다.`,
  abortReason: {
    deadline: '너무 오래 걸려서 통화를 그대로 두었습니다.',
    'path-failed': '새 방식으로 연결되지 않는 사람이 있어서 통화를 그대로 두었습니다.',
    superseded: '그사이에 상황이 바뀌었습니다.',
    'media-unavailable': '서버가 전달할 수 없어서 통화를 그대로 두었습니다.',
  },
  largestGap: (time) => `화면 사이의 가장 긴 간격은 ${time}였습니다.`,
  largestGapBefore: (time) => `직전에는 ${time}였습니다.`,
  noPictures: '측정할 화면이 없었습니다.',
  noReports: '측정값을 보낸 사람이 없습니다.',
  showAllPaths: (count) => `${count}개 모두 보기`,
  whoSeesWhom: (receiver, sender) =>
    `${receiver === null ? '내가' : `${receiver} 님이`} 본 ${sender === null ? '나' : `${sender} 님`}`,
  someone: '나간 사람',
  before: (time) => `직전 ${time}`,
  noPicture: '화면 없음',
  pictureFrozen: (time) => `화면 멈춤 ${time}`,
  soundFilledIn: (time, before) => `소리 보정 ${time} (직전 ${before})`,
  milliseconds: (count) => `${count}밀리초`,
  seconds: (count) => `${count}초`,

  conversation: conversationInKorean,

  leaveReasons: {
    left: '통화에서 나왔습니다',
    'connection-lost': '연결이 끊어졌습니다',
    'removed-by-operator': '운영자가 내보냈습니다',
    'room-ended': '호스트가 방을 닫았습니다',
    'server-stopping': '서버가 종료되고 있습니다',
  },
  leaveNext: {
    left: '언제든지 다시 들어갈 수 있습니다.',
    'connection-lost': '네트워크를 확인한 다음 다시 참여하세요.',
    'removed-by-operator': '착오라면 서버 운영자에게 문의하세요.',
    'room-ended': '다시 참여하면 방이 새로 열립니다.',
    'server-stopping': '잠시 후 다시 열릴 수 있습니다.',
  },
  rejoin: '다시 참여',

  failedTitle: '통화를 시작하지 못했습니다',
  failures: {
    ROOM_FULL: {
      problem: '방이 가득 찼습니다.',
      remedy: '누군가 나간 뒤에 다시 시도하거나 다른 방을 여세요.',
    },
    SERVER_UNREACHABLE: {
      problem: '서버에 연결할 수 없습니다.',
      remedy: '네트워크를 확인하세요. 프록시나 방화벽이 WebSocket 또는 HTTP를 허용해야 합니다.',
    },
    TIMEOUT: {
      problem: '서버가 제때 응답하지 않았습니다.',
      remedy: '서버가 바쁘거나 네트워크가 느릴 수 있습니다. 다시 시도하세요.',
    },
    SERVER_STOPPING: {
      problem: '서버가 종료되는 중이라 들어갈 수 없습니다.',
      remedy: '잠시 후 다시 시도하세요.',
    },
    MEDIA_UNAVAILABLE: {
      problem: '지금은 서버가 영상과 소리를 전달할 수 없습니다.',
      remedy: '잠시 후 다시 시도하세요. 계속되면 서버 운영자에게 알려 주세요.',
    },
    UNSUPPORTED_BROWSER: {
      problem: '이 브라우저에서는 통화할 수 없습니다.',
      remedy: '최신 Chrome, Edge, Firefox, Safari에서 링크를 여세요.',
    },
    INVALID_PAYLOAD: {
      problem: '서버가 이름이나 방을 받아들이지 않았습니다.',
      remedy: '페이지를 새로 고치고 1~64자의 다른 이름을 쓰세요.',
    },
  },
  otherFailure: (code) => ({
    problem: '문제가 생겼습니다.',
    remedy: `다시 시도하세요. 계속되면 서버 운영자에게 ${code} 오류라고 알려 주세요.`,
  }),
};
