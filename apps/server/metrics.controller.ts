import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Registry } from 'prom-client';
import { MetricsAccess } from './metrics-access.ts';

@Controller('metrics')
export class MetricsController {
  readonly #registry: Registry;
  readonly #access: MetricsAccess;

  constructor(registry: Registry, access: MetricsAccess) {
    this.#registry = registry;
    this.#access = access;
  }

  /** Prometheus' text format, for those who may read it. */
  @Get()
  async metrics(@Req() request: Request, @Res() response: Response): Promise<void> {
    const refusal = this.#access.refusalOf({
      address: request.socket.remoteAddress,
      headers: request.headers,
    });
    response.set('Cache-Control', 'no-store');
    if (refusal === undefined) {
      response.set('Content-Type', this.#registry.contentType).send(await this.#registry.metrics());
      return;
    }
    // RFC 6750 §3
    if (refusal.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response.status(refusal.status).type('text').send(`${refusal.sentence}\n`);
  }
}
