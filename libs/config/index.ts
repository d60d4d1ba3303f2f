export {
  loadConfig,
  ConfigError,
  type AppConfig,
  type HttpConfig,
  type MediaConfig,
  type MetricsConfig,
} from './config.ts';
