export { PinoLog, createPino } from './pino-log.ts';
export { NestLog } from './nest-log.ts';
