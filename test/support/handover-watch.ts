/** The mean colour of a picture, each of red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What somebody who stays in the call saw and heard of one of the others, from the start of the watch to its end. */
export interface Watched {
  /** What must never be: each once, with when it was first seen, in ms since the start. */
  readonly faults: Record<string, number>;
  /** How often it was looked, and the longest time between two looks. */
  readonly looks: number;
  readonly longestPauseMs: number;
  /** How often pixels were looked at. */
  readonly pictures: number;
  /** Over which paths the other was shown, in that order. */
  readonly paths: readonly string[];
  /** Where the tile was, by how many tiles there were. */
  readonly boxes: Record<number, string>;
  /** What a switch made smaller: the path that was switched to, and the size before and after. */
  readonly shrinkings: readonly (readonly [path: string, before: string, after: string])[];
  /** How large the picture was, and since when, in ms since the start. */
  readonly sizes: readonly (readonly [size: string, sinceMs: number])[];
  /** Audio that was made up, of whatever was audible. */
  readonly concealedMs: number;
  /** Audio that was played out, made up or not. */
  readonly playedMs: number;
}

export interface HandoverWatch {
  /** Begins to watch the tile of one of the others. */
  start(name: string): void;
  stop(): Promise<Watched>;
  /** What is on the screen in the tile of one of the others, or of what they share; null while there is no picture. */
  colourOf(name: string, of?: 'camera' | 'screen'): Colour | null;
  /** How many tracks of somebody's sound can be heard now, in whatever element. */
  audibleOf(name: string): number;
  /** A picture of one colour that is always in motion, as from another camera or of a screen. */
  picture(colour: string): MediaStreamTrack;
  /** A tone, as from another microphone. */
  tone(): MediaStreamTrack;
}

declare global {
  interface Window {
    watch: HandoverWatch;
  }
}

/** Runs in the page before anything else does: nothing from outside of it is to be had there. */
export function installHandoverWatch(): void {
  const LOOK_EVERY_MS = 10;
  const PICTURE_EVERY_MS = 50;
  const LISTEN_EVERY_MS = 200;
  /** What happens so soon after a switch comes of it. */
  const AFTER_MS = 500;
  /** Samples in a second (RFC 7587 §4.1). */
  const OPUS_RATE = 48_000;
  /** The mean of red, green and blue below which a picture counts as black. The fake camera's is bright. */
  const BLACK = 16;

  // Elements that play something need not be in the document.
  const elements = new Set<HTMLMediaElement>();
  const srcObject = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  if (srcObject === undefined) throw new Error('expected HTMLMediaElement.srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...srcObject,
    set(this: HTMLMediaElement, stream: MediaProvider | null) {
      if (stream === null) elements.delete(this);
      else elements.add(this);
      srcObject.set?.call(this, stream);
    },
  });
  const connections = new Set<RTCPeerConnection>();
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
    }
  };

  const canvas = new OffscreenCanvas(16, 9);
  const pixels = canvas.getContext('2d', { willReadFrequently: true });
  const colour = (video: HTMLVideoElement): Colour => {
    if (pixels === null) throw new Error('expected a canvas');
    pixels.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = pixels.getImageData(0, 0, canvas.width, canvas.height);
    const mean = (channel: number): number => {
      let sum = 0;
      for (let index = channel; index < data.length; index += 4) sum += data[index] ?? 0;
      return Math.round(sum / (data.length / 4));
    };
    return [mean(0), mean(1), mean(2)];
  };

  const tileOf = (name: string): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>('[data-testid="tile"]:not([data-local])')].find(
      ({ dataset }) => dataset['participantName'] === name,
    );
  const audible = (element: HTMLMediaElement): MediaStreamTrack[] =>
    element.muted || element.volume === 0 || element.paused || !(element.srcObject instanceof MediaStream)
      ? []
      : element.srcObject
          .getAudioTracks()
          .filter(({ enabled, readyState }) => enabled && readyState === 'live');
  const ownerOf = (element: HTMLMediaElement): string | undefined =>
    element.closest<HTMLElement>('[data-participant-name]')?.dataset['participantName'];
  /** Besides what is theirs, whatever sounds from an element that is nobody's. */
  const heardOf = (name: string): MediaStreamTrack[] =>
    [...elements]
      .filter((element) => [name, undefined].includes(ownerOf(element)))
      .filter((element) => element.dataset['source'] !== 'screen-audio')
      .flatMap(audible);

  const screens = new Map<string, HTMLVideoElement>();
  const screenOf = (name: string): HTMLVideoElement | undefined => {
    const stream = window.switchyard?.call.snapshot.participants.find(
      ({ displayName, sources }) =>
        displayName === name && sources.some(({ source, muted }) => source === 'screen' && !muted),
    )?.screenStream;
    if (stream === undefined || stream.getVideoTracks().length === 0) return undefined;
    const video = screens.get(name) ?? document.createElement('video');
    if (video.srcObject !== stream) {
      video.muted = true;
      video.srcObject = stream;
      document.body.append(video);
    }
    screens.set(name, video);
    if (video.paused) void video.play().catch(() => undefined);
    return video;
  };

  let stopWatching: (() => Promise<Watched>) | undefined;

  window.watch = {
    start(name) {
      const started = performance.now();
      const faults: Record<string, number> = {};
      const fault = (what: string): void => {
        faults[what] ??= Math.round(performance.now() - started);
      };
      const boxes: Record<number, string> = {};
      const paths: string[] = [];
      const element = tileOf(name)?.querySelector('video');
      if (element === undefined || element === null) throw new Error(`expected a tile of ${name}`);
      const shrinkings: [string, string, string][] = [];
      const sizes: [string, number][] = [];
      let switchedAt = Number.NEGATIVE_INFINITY;
      let looks = 0;
      let pictures = 0;
      let longestPauseMs = 0;
      let lookedAt = started;
      let heard: MediaStreamTrack[] = [];

      const look = (): void => {
        const now = performance.now();
        longestPauseMs = Math.max(longestPauseMs, now - lookedAt);
        lookedAt = now;
        looks += 1;
        const tile = tileOf(name);
        const video = tile?.querySelector('video');
        if (tile === undefined || video !== element) {
          fault('the element is another one, or gone');
          return;
        }
        if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
          fault(`readyState ${element.readyState}`);
        if (element.paused || element.ended) fault('it stopped playing');
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          fault('it is hidden');
        const size = `${element.videoWidth}x${element.videoHeight}`;
        const path = tile.dataset['path'] ?? 'none';
        if (paths.at(-1) !== path) {
          if (paths.length > 0) switchedAt = now;
          paths.push(path);
        }
        const before = sizes.at(-1)?.[0];
        if (before !== size) {
          sizes.push([size, Math.round(now - started)]);
          const smaller = before !== undefined && Number.parseInt(size, 10) < Number.parseInt(before, 10);
          if (smaller && now - switchedAt < AFTER_MS) shrinkings.push([path, before, size]);
        }
        const { x, y, width, height } = element.getBoundingClientRect();
        const box = [x, y, width, height].map(Math.round).join(' ');
        const tiles = document.querySelectorAll('[data-testid="tile"]').length;
        boxes[tiles] ??= box;
        if (boxes[tiles] !== box) fault(`of ${tiles} tiles, it is at ${box}`);
        heard = heardOf(name);
        if (heard.length !== 1) fault(`heard ${heard.length} times`);
      };
      const lookAtPixels = (): void => {
        pictures += 1;
        const [red, green, blue] = colour(element);
        if ((red + green + blue) / 3 < BLACK) fault(`the picture is black: ${red} ${green} ${blue}`);
      };

      const before = new Map<string, { concealed: number; received: number }>();
      let concealedMs = 0;
      let playedMs = 0;
      const listen = async (): Promise<void> => {
        const ids = new Set(heard.map(({ id }) => id));
        const reports = await Promise.all([...connections].map((one) => one.getStats()));
        for (const [index, report] of reports.entries()) {
          for (const stats of report.values() as Iterable<RTCStats>) {
            if (stats.type !== 'inbound-rtp') continue;
            const inbound = stats as RTCInboundRtpStreamStats;
            if (inbound.kind !== 'audio') continue;
            const key = `${index} ${inbound.id}`;
            const concealed = inbound.concealedSamples ?? 0;
            const received = inbound.totalSamplesReceived ?? 0;
            const last = before.get(key);
            before.set(key, { concealed, received });
            if (last === undefined || !ids.has(inbound.trackIdentifier)) continue;
            concealedMs += ((concealed - last.concealed) * 1000) / OPUS_RATE;
            playedMs += ((received - last.received) * 1000) / OPUS_RATE;
          }
        }
      };

      look();
      const timers = [
        setInterval(look, LOOK_EVERY_MS),
        setInterval(lookAtPixels, PICTURE_EVERY_MS),
        setInterval(() => void listen(), LISTEN_EVERY_MS),
      ];
      stopWatching = async () => {
        for (const timer of timers) clearInterval(timer);
        await listen();
        return {
          faults,
          looks,
          longestPauseMs,
          pictures,
          paths,
          boxes,
          shrinkings,
          sizes,
          concealedMs,
          playedMs,
        };
      };
    },

    async stop() {
      if (stopWatching === undefined) throw new Error('expected a watch that has been started');
      return stopWatching();
    },

    colourOf(name, of = 'camera') {
      const video = of === 'screen' ? screenOf(name) : tileOf(name)?.querySelector('video');
      if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0)
        return null;
      return colour(video);
    },

    audibleOf(name) {
      return heardOf(name).length;
    },

    picture(fill) {
      const sheet = document.createElement('canvas');
      sheet.width = 640;
      sheet.height = 360;
      const brush = sheet.getContext('2d');
      if (brush === null) throw new Error('expected a canvas');
      let step = 0;
      const draw = (): void => {
        brush.fillStyle = fill;
        brush.fillRect(0, 0, sheet.width, sheet.height);
        brush.fillStyle = 'white';
        brush.fillRect((step * 8) % sheet.width, 0, 16, 16);
        step += 1;
      };
      draw();
      const [track] = sheet.captureStream(30).getVideoTracks();
      if (track === undefined) throw new Error('expected a track');
      const timer = setInterval(() => (track.readyState === 'ended' ? clearInterval(timer) : draw()), 50);
      return track;
    },

    tone() {
      const context = new AudioContext();
      const oscillator = context.createOscillator();
      const destination = context.createMediaStreamDestination();
      oscillator.connect(destination);
      oscillator.start();
      const [track] = destination.stream.getAudioTracks();
      if (track === undefined) throw new Error('expected a track');
      return track;
    },
  };
}
