import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { Success } from '#protocol';

/** What a handler returns becomes `{ok: true, data}`. */
@Injectable()
export class SuccessInterceptor implements NestInterceptor<unknown, Success<unknown>> {
  intercept(_context: ExecutionContext, next: CallHandler<unknown>): Observable<Success<unknown>> {
    return next.handle().pipe(map((data) => ({ ok: true, data })));
  }
}
