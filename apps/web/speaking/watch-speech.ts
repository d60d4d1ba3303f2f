import { LEVEL_EVERY_MS, SpeechDetector } from './speech-detector.ts';

/**
 * Listens to a microphone that is muted, and says whenever somebody begins or ceases to speak into it. Returns what ends that, and
 * lets go of the microphone.
 */
export function watchSpeech(muted: MediaStreamTrack, onChange: (isSpeaking: boolean) => void): () => void {
  // What is muted is disabled, and a disabled track is silent, for us too. Its clone is sent to nobody.
  const ear = muted.clone();
  ear.enabled = true;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(new MediaStream([ear])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const detector = new SpeechDetector();
  let wasSpeaking = false;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const isSpeaking = detector.hear(Math.sqrt(power));
    if (isSpeaking !== wasSpeaking) onChange(isSpeaking);
    wasSpeaking = isSpeaking;
  }, LEVEL_EVERY_MS);
  return () => {
    clearInterval(timer);
    ear.stop();
    void context.close();
  };
}
