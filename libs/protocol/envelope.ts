import type { ProtocolError } from './errors.ts';

export interface Success<Data> {
  readonly ok: true;
  readonly data: Data;
}

export interface Failure {
  readonly ok: false;
  readonly error: ProtocolError;
}

/** What every request is acknowledged with. */
export type Ack<Data> = Success<Data> | Failure;
