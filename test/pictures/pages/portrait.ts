/** How a made-up person looks on camera. */
export interface Look {
  readonly wall: readonly [string, string];
  readonly shelf: string;
  readonly skin: string;
  readonly shade: string;
  readonly hair: string;
  readonly cut: 'short' | 'long' | 'bun' | 'curly' | 'bald';
  readonly shirt: string;
  readonly collar: string;
  readonly glasses: boolean;
  readonly beard: boolean;
}

// All sizes are those of a picture of 640x360.
const WIDTH = 640;
const HEIGHT = 360;

type Canvas = CanvasRenderingContext2D;

function fill(canvas: Canvas, style: string | CanvasGradient, path: Path2D): void {
  canvas.fillStyle = style;
  canvas.fill(path);
}

function ellipse(x: number, y: number, radiusX: number, radiusY: number): Path2D {
  const path = new Path2D();
  path.ellipse(x, y, radiusX, radiusY, 0, 0, 2 * Math.PI);
  return path;
}

function rectangle(x: number, y: number, width: number, height: number): Path2D {
  const path = new Path2D();
  path.roundRect(x, y, width, height, 4);
  return path;
}

function drawRoom(canvas: Canvas, { wall, shelf }: Look): void {
  const light = canvas.createLinearGradient(0, 0, WIDTH, HEIGHT);
  light.addColorStop(0, wall[0]);
  light.addColorStop(1, wall[1]);
  canvas.fillStyle = light;
  canvas.fillRect(0, 0, WIDTH, HEIGHT);
  canvas.save();
  canvas.filter = 'blur(5px)';
  fill(canvas, 'rgb(255 255 255 / 75%)', rectangle(440, 24, 160, 190));
  fill(canvas, shelf, rectangle(36, 150, 150, 230));
  fill(canvas, 'rgb(255 255 255 / 45%)', rectangle(52, 112, 24, 40));
  fill(canvas, 'rgb(60 110 90 / 70%)', ellipse(132, 124, 34, 32));
  canvas.restore();
}

function drawBody(canvas: Canvas, { shirt, collar, shade }: Look): void {
  const shoulders = new Path2D('M140 372 C150 292 214 270 284 258 L356 258 C426 270 490 292 500 372 Z');
  fill(canvas, shirt, shoulders);
  fill(canvas, shade, rectangle(292, 210, 56, 62));
  const neckline = new Path2D(
    'M268 262 L284 250 C300 282 340 282 356 250 L372 262 C348 304 292 304 268 262 Z',
  );
  fill(canvas, collar, neckline);
}

function drawHairBehind(canvas: Canvas, { hair, cut }: Look): void {
  if (cut === 'long')
    fill(canvas, hair, new Path2D('M242 296 C236 200 240 72 320 72 C400 72 404 200 398 296 Z'));
  if (cut === 'bun') fill(canvas, hair, ellipse(320, 64, 30, 26));
  if (cut === 'curly') {
    for (const [x, y] of [
      [256, 150],
      [250, 118],
      [270, 90],
      [300, 74],
      [340, 74],
      [370, 90],
      [390, 118],
      [384, 150],
    ] as const)
      fill(canvas, hair, ellipse(x, y, 26, 26));
  }
}

function drawFace(canvas: Canvas, { skin, shade, hair, beard }: Look): void {
  for (const x of [260, 380]) fill(canvas, shade, ellipse(x, 158, 11, 17));
  fill(
    canvas,
    skin,
    new Path2D('M262 142 C262 62 378 62 378 142 C380 206 350 238 320 238 C290 238 260 206 262 142 Z'),
  );
  if (beard)
    fill(
      canvas,
      hair,
      new Path2D(
        'M263 164 C270 184 292 184 320 182 C348 184 370 184 377 164 C376 218 346 244 320 244 C294 244 264 218 263 164 Z',
      ),
    );
  for (const x of [298, 342]) fill(canvas, '#1d1a18', ellipse(x, 148, 4.5, 6.5));
  canvas.lineCap = 'round';
  canvas.lineWidth = 4;
  canvas.strokeStyle = hair;
  canvas.stroke(new Path2D('M287 132 Q297 126 307 131 M333 131 Q343 126 353 132'));
  canvas.strokeStyle = shade;
  canvas.stroke(new Path2D('M321 150 Q326 166 317 170'));
  canvas.strokeStyle = '#8f3330';
  canvas.stroke(new Path2D('M302 192 Q320 208 338 192'));
}

function drawHairInFront(canvas: Canvas, { hair, cut }: Look): void {
  if (cut === 'bald') return;
  const fringe = {
    short:
      'M256 146 C250 74 292 64 322 66 C364 64 392 84 384 146 C374 128 372 112 356 104 C328 112 294 108 276 108 C266 118 264 130 256 146 Z',
    long: 'M254 152 C246 74 294 62 322 64 C372 62 394 92 386 152 C378 120 352 112 330 98 C304 116 266 116 254 152 Z',
    bun: 'M256 140 C256 80 292 68 320 68 C348 68 384 80 384 140 C372 110 352 98 320 98 C288 98 268 110 256 140 Z',
    curly:
      'M258 132 C258 92 290 76 320 76 C350 76 382 92 382 132 C366 110 344 104 320 104 C296 104 274 110 258 132 Z',
  }[cut];
  fill(canvas, hair, new Path2D(fringe));
}

function drawGlasses(canvas: Canvas): void {
  canvas.lineWidth = 3.5;
  canvas.strokeStyle = '#26282c';
  const frames = new Path2D();
  frames.roundRect(279, 134, 36, 29, 9);
  frames.roundRect(325, 134, 36, 29, 9);
  frames.moveTo(315, 144);
  frames.lineTo(325, 144);
  canvas.stroke(frames);
}

/** One frame of somebody who sits still, or nearly so. */
function draw(canvas: Canvas, look: Look, seconds: number): void {
  canvas.save();
  canvas.scale(canvas.canvas.width / WIDTH, canvas.canvas.height / HEIGHT);
  drawRoom(canvas, look);
  drawBody(canvas, look);
  canvas.translate(3 * Math.sin(seconds * 0.9), 2 * Math.sin(seconds * 1.3));
  drawHairBehind(canvas, look);
  if (look.cut === 'long') drawBody(canvas, look);
  drawFace(canvas, look);
  drawHairInFront(canvas, look);
  if (look.glasses) drawGlasses(canvas);
  canvas.restore();
}

/** A camera that sees a person of that look. */
export function cameraOf(look: Look, width: number, height: number, frameRate: number): MediaStreamTrack {
  const element = Object.assign(document.createElement('canvas'), { width, height });
  const canvas = element.getContext('2d');
  if (canvas === null) throw new Error('expected a canvas to draw on');
  const show = (): void => draw(canvas, look, performance.now() / 1000);
  show();
  setInterval(show, 1000 / frameRate);
  const [track] = element.captureStream(frameRate).getVideoTracks();
  if (track === undefined) throw new Error('expected a track of what is drawn');
  return track;
}
