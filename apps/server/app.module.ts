import { Module, type DynamicModule } from '@nestjs/common';
import type { AppConfig } from '#config';
import { ConferenceModule } from '#conference';
import type { Log } from '#kernel';
import { HealthController } from './health.controller.ts';

@Module({})
export class AppModule {
  static create(config: AppConfig, log: Log): DynamicModule {
    return {
      module: AppModule,
      imports: [ConferenceModule.forRoot({ ...config, log })],
      controllers: [HealthController],
    };
  }
}
