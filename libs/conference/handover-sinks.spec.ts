import { expect, it } from '@jest/globals';
import { Log, type LogFields } from '#kernel';
import type { HandoverRecord } from '#protocol';
import { HandoverMetrics } from '#topology';
import { HandoverSinks } from './handover-sinks.ts';

const HANDOVER: HandoverRecord = {
  epoch: 2,
  from: 'mesh',
  to: 'sfu',
  reason: 'exceeds-mesh',
  startedAt: 0,
  durationMs: 900,
  outcome: 'settled',
  abortReason: null,
  message: '',
  reports: [],
};

class Recording extends HandoverMetrics {
  readonly records: HandoverRecord[] = [];

  override record(handover: HandoverRecord): void {
    this.records.push(handover);
  }
}

class Failing extends HandoverMetrics {
  override record(): void {
    throw new Error('the disk is full');
  }
}

class ErrorLog extends Log {
  readonly errors: [LogFields, string][] = [];

  override debug(): void {}
  override info(): void {}
  override warn(): void {}
  override error(fields: LogFields, message: string): void {
    this.errors.push([fields, message]);
  }
}

it('everybody who wants to know of a handover is told, also after one that failed', () => {
  const sinks = [new Recording(), new Recording()];
  const log = new ErrorLog();
  new HandoverSinks([new Failing(), ...sinks], log).record(HANDOVER);
  for (const { records } of sinks) expect(records).toEqual([HANDOVER]);
  expect(log.errors).toEqual([
    [{ epoch: 2, err: new Error('the disk is full') }, 'the metrics of a handover were not taken'],
  ]);
});
