import { useEffect, useRef, type ReactNode } from 'react';
import './mic-level.css';

/** How loud the microphone is, as a bar. Drawn past React: it changes with every frame. */
export function MicLevel({ track }: { readonly track: MediaStreamTrack }): ReactNode {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(
    () => watchLevel(track, (level) => bar.current?.style.setProperty('--level', level.toFixed(3))),
    [track],
  );
  return (
    <span className="mic-level" aria-hidden="true">
      <span className="mic-level-bar" ref={bar} />
    </span>
  );
}

/** Calls back with 0 (silence) to 1 (loud) on every frame, until the returned function is called. */
function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 512 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let shown = 0;
  let frame = requestAnimationFrame(function measure() {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // -60 dBFS is a silent room, -10 dBFS is loud.
    const level = Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 50));
    shown = Math.max(level, shown * 0.9);
    onLevel(shown);
    frame = requestAnimationFrame(measure);
  });
  // Before the first click or key some browsers do not let it run.
  const resume = (): void => void context.resume();
  window.addEventListener('pointerdown', resume);
  window.addEventListener('keydown', resume);
  return () => {
    cancelAnimationFrame(frame);
    window.removeEventListener('pointerdown', resume);
    window.removeEventListener('keydown', resume);
    void context.close();
  };
}
