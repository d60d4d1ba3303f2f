/** What every page under measurement offers to the driver. */
export interface FirstFramePage {
  /** Opens camera and microphone, which nobody's join is blamed for. */
  prepare(): Promise<void>;
  /** Joins, and resolves with the milliseconds from here to the first presented frame of somebody else; -1 for whoever is first. */
  join(options: JoinOptions): Promise<number>;
}

export interface JoinOptions {
  readonly server: string;
  readonly room: string;
  /** Nobody is there yet: resolve once joined. */
  readonly first: boolean;
}

declare global {
  interface Window {
    firstFrame: FirstFramePage;
  }
}

export function openDevices(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 640, height: 360, frameRate: 30 },
  });
}

/** Shows the stream, and resolves with the time at which its first frame was presented (DOMHighResTimeStamp). */
export function firstPresentedFrame(stream: MediaStream): Promise<number> {
  const video = document.createElement('video');
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = stream;
  document.body.append(video);
  return new Promise((resolve) => {
    video.requestVideoFrameCallback((_now, { presentationTime }) => resolve(presentationTime));
  });
}
