export {
  loadConfig,
  ConfigError,
  type AppConfig,
  type HttpConfig,
  type BitrateConfig,
  type MediaConfig,
  type MetricsConfig,
} from './config.ts';
