export { loadConfig, ConfigError, type AppConfig, type MediaConfig, type MetricsConfig } from './config.ts';
