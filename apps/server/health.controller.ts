import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Conference } from '#conference';

@Controller('healthz')
export class HealthController {
  readonly #conference: Conference;

  constructor(conference: Conference) {
    this.#conference = conference;
  }

  /** 200 while calls are accepted, 503 before and while stopping. */
  @Get()
  health(@Res() response: Response): void {
    const { status } = this.#conference;
    response.status(status === 'ok' ? 200 : 503).json({ status });
  }
}
