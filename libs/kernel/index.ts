export { DomainError, type DomainErrorOptions } from './domain-error.ts';
export { TaskQueue } from './task-queue.ts';
export { KeyedQueue } from './keyed-queue.ts';
export { Clock, SystemClock, type Timer } from './clock.ts';
export { Emitter, type Unsubscribe } from './emitter.ts';
export { Log, SilentLog, type LogFields } from './log.ts';
export { assertNever } from './assert-never.ts';
export { TokenBucket, type TokenBucketOptions } from './token-bucket.ts';
