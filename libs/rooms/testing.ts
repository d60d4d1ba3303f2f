export { RecordingOutlet, type Recorded } from './recording-outlet.ts';
