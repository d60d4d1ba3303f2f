import { cameraOf, type Look } from './portrait.ts';

// Runs in each page before its own scripts: whoever opens a camera there sees a made-up person, and shares a made-up page.

declare global {
  interface Window {
    cameraOf: typeof cameraOf;
    /** Whose camera the page opens. */
    ownLook?: Look;
  }
}

window.cameraOf = cameraOf;

const devices = navigator.mediaDevices;
const ask = devices.getUserMedia.bind(devices);
devices.getUserMedia = async (constraints = {}) => {
  const stream = await ask(constraints);
  const look = window.ownLook;
  const [camera] = stream.getVideoTracks();
  if (look === undefined || camera === undefined) return stream;
  const { deviceId } = camera.getSettings();
  stream.removeTrack(camera);
  camera.stop();
  const track = cameraOf(look, 640, 360, 15);
  // The page remembers which camera it has opened.
  const settings = track.getSettings.bind(track);
  track.getSettings = () => ({ ...settings(), deviceId });
  stream.addTrack(track);
  return stream;
};

devices.getDisplayMedia = async () => {
  const element = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const canvas = element.getContext('2d');
  if (canvas === null) throw new Error('expected a canvas to draw on');
  const draw = (): void => drawDocument(canvas);
  draw();
  setInterval(draw, 500);
  return Promise.resolve(element.captureStream(5));
};

function drawDocument(canvas: CanvasRenderingContext2D): void {
  canvas.fillStyle = '#ffffff';
  canvas.fillRect(0, 0, 1280, 720);
  canvas.fillStyle = '#17453f';
  canvas.font = '600 44px system-ui, sans-serif';
  canvas.fillText('Harbour Street: opening week', 80, 110);
  canvas.font = '28px system-ui, sans-serif';
  canvas.fillStyle = '#3a4644';
  for (const [row, [day, visitors]] of VISITORS.entries()) {
    const y = 210 + row * 80;
    canvas.fillText(day, 80, y + 10);
    canvas.fillStyle = row === 4 ? '#b65c45' : '#2f7d72';
    canvas.fillRect(240, y - 24, visitors * 2.6, 44);
    canvas.fillStyle = '#3a4644';
    canvas.fillText(String(visitors), 260 + visitors * 2.6, y + 10);
  }
  canvas.fillStyle = '#6c7775';
  canvas.font = '22px system-ui, sans-serif';
  canvas.fillText('Visitors a day', 80, 660);
}

const VISITORS = [
  ['Monday', 118],
  ['Tuesday', 164],
  ['Wednesday', 203],
  ['Thursday', 176],
  ['Friday', 297],
] as const;
