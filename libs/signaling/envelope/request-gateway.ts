import { applyDecorators, UseFilters, UseInterceptors, UsePipes } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { NAMESPACE, requests, type RequestAnswer, type RequestName, type RequestPayload } from '#protocol';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { AckExceptionFilter } from './ack-exception.filter.ts';
import { PayloadPipe } from './payload.pipe.ts';
import { SuccessInterceptor } from './success.interceptor.ts';

/** A gateway on the protocol's namespace: what its handlers return or throw becomes the ack. */
export const RequestGateway = (): ClassDecorator =>
  applyDecorators(
    WebSocketGateway({ namespace: NAMESPACE }),
    UseInterceptors(SuccessInterceptor),
    UseFilters(AckExceptionFilter),
  );

type RequestHandler<Name extends RequestName> = (
  socket: ConferenceSocket,
  payload: RequestPayload<Name>,
) => RequestAnswer<Name> | Promise<RequestAnswer<Name>>;

/** Handles one request of the protocol's catalogue: the payload arrives parsed, and the types are the catalogue's. */
export const OnRequest = <Name extends RequestName>(name: Name) => {
  const decorate = applyDecorators(SubscribeMessage(name), UsePipes(new PayloadPipe(requests[name].payload)));
  return <Handler extends RequestHandler<Name>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    decorate(target, key, descriptor);
  };
};
