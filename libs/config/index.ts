export { loadConfig, ConfigError, type AppConfig, type MediaConfig } from './config.ts';
