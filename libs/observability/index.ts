export { PinoLog, createPino } from './pino-log.ts';
export { NestLog } from './nest-log.ts';
export { PrometheusHandoverMetrics } from './prometheus-handover-metrics.ts';
export { registerConferenceGauges, type ConferenceFigures } from './conference-gauges.ts';
export { registerTutorialGauges, type TutorialFigures } from './tutorial-gauges.ts';
export { registryWithProcessMetrics, type MetricsRegistry } from './metrics-registry.ts';
