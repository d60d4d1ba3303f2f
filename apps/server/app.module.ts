import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import type { AppConfig } from '#config';
import { ConferenceModule } from '#conference';
import type { Log } from '#kernel';
import { registryWithProcessMetrics } from '#observability';
import { TutorialsModule } from '#tutorials';
import { HealthController } from './health.controller.ts';
import { MetricsAccess } from './metrics-access.ts';
import { MetricsController } from './metrics.controller.ts';

@Module({})
export class AppModule {
  static create(config: AppConfig, log: Log): DynamicModule {
    // What nobody may read is not watched.
    const registry = config.metrics.access === 'off' ? undefined : registryWithProcessMetrics();
    return {
      module: AppModule,
      imports: [
        ConferenceModule.forRoot({ ...config, log, ...(registry === undefined ? {} : { registry }) }),
        ...(config.tutorials ? [TutorialsModule.forRoot({ ...config.rooms, log })] : []),
      ],
      providers: [
        { provide: Registry, useValue: registry ?? new Registry() },
        { provide: MetricsAccess, useValue: new MetricsAccess(config.metrics) },
      ],
      controllers: [HealthController, MetricsController],
    };
  }
}
