import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { RequestAnswer, RequestPayload } from '#protocol';
import { ConversationDirectory } from '#rooms';
import { OnRequest, RequestGateway } from '../envelope/request-gateway.ts';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { SocketOutlet } from '../session/socket-outlet.ts';

/** `chat:*` and `reaction:*`: what the people in a room write and show to each other. */
@RequestGateway()
export class ConversationGateway {
  readonly #outlet: SocketOutlet;
  readonly #conversations: ConversationDirectory;

  constructor(outlet: SocketOutlet, conversations: ConversationDirectory) {
    this.#outlet = outlet;
    this.#conversations = conversations;
  }

  @OnRequest('chat:send')
  async send(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { text, to }: RequestPayload<'chat:send'>,
  ): Promise<RequestAnswer<'chat:send'>> {
    const message = await this.#conversations.fromSeat(
      this.#outlet.seatOf(socket),
      (conversation, participant) => conversation.say(participant, text, to),
    );
    return { message };
  }

  @OnRequest('chat:history')
  async history(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() _nothing: RequestPayload<'chat:history'>,
  ): Promise<RequestAnswer<'chat:history'>> {
    const messages = await this.#conversations.fromSeat(this.#outlet.seatOf(socket), (conversation, { id }) =>
      conversation.messagesFor(id),
    );
    return { messages };
  }

  @OnRequest('reaction:send')
  async react(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { reaction }: RequestPayload<'reaction:send'>,
  ): Promise<RequestAnswer<'reaction:send'>> {
    await this.#conversations.fromSeat(this.#outlet.seatOf(socket), (conversation, participant) =>
      conversation.react(participant, reaction),
    );
    return {};
  }
}
