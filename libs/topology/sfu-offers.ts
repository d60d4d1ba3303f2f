import type { Log } from '#kernel';
import type { Epoch, RtpCapabilities } from '#protocol';
import type { Room } from '#rooms';
import type { ReceivedTrack, SentTrack, SfuSeat } from './sfu-seat.ts';

/** How long a client may take to build its end of a consumer before it is told again. */
const CONSUMER_ACK_TIMEOUT_MS = 4000;
const CONSUMER_OFFERS = 3;

/** Brings the tracks of one plane to those who receive them. */
export class SfuOffers {
  readonly #room: Room;
  readonly #log: Log;
  readonly #epoch: () => Epoch;

  constructor(room: Room, log: Log, epoch: () => Epoch) {
    this.#room = room;
    this.#log = log;
    this.#epoch = epoch;
  }

  /** Offers one track to one receiver. Nobody waits for it: a receiver that does not answer delays only itself. */
  offer(receiver: SfuSeat, sender: SfuSeat, track: SentTrack): void {
    // Whoever has not said yet what it can receive is offered everything when it does.
    if (receiver.rtpCapabilities === null) return;
    const { producer } = track;
    this.#consume(receiver, receiver.rtpCapabilities, sender, track).catch((error: unknown) => {
      // Whoever left in the meantime explains it; anything else is worth a line.
      if (receiver.closed || producer.closed) return;
      this.#log.warn(
        { room: this.#room.name, participantId: receiver.id, producerId: producer.id, err: error },
        'a track did not reach a receiver',
      );
    });
  }

  /**
   * A picture begins with a key frame. Asked by RTCP alone, Chromium ignores who asks within 300 ms of the last one, and mediasoup
   * asks again after a whole second: the sender is told as well.
   */
  askForKeyFrame(receiver: SfuSeat, { consumer, sender, track }: ReceivedTrack): void {
    if (consumer.kind !== 'video') return;
    const ask = (): void => {
      if (!consumer.closed && !track.producer.closed)
        this.#room.notify(sender, 'producer:keyframe', { producerId: track.producer.id });
    };
    // Whose transport closes instead needs none.
    receiver.recv.whenConnected().then(ask, () => undefined);
  }

  async #consume(
    receiver: SfuSeat,
    rtpCapabilities: RtpCapabilities,
    sender: SfuSeat,
    track: SentTrack,
  ): Promise<void> {
    const { producer, source, size, demand } = track;
    const consumer = await receiver.recv.consume({ producer, rtpCapabilities });
    if (consumer === null) {
      this.#log.warn(
        { room: this.#room.name, participantId: receiver.id, producerId: producer.id, source },
        'the receiver has no codec in common with the sender',
      );
      return;
    }
    if (receiver.closed || producer.closed) {
      consumer.close();
      return;
    }
    const received: ReceivedTrack = {
      consumer,
      track,
      sender: sender.id,
      paused: false,
      highest: producer.spatialLayers - 1,
    };
    receiver.addReceived(received);
    this.#tellOf(received, receiver);
    const { id: consumerId } = consumer;
    const setup = {
      epoch: this.#epoch(),
      consumerId,
      producerId: producer.id,
      participantId: sender.id,
      source,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters,
      producerPaused: consumer.producerPaused,
      size,
    };
    for (let offer = 1; !consumer.closed; offer += 1) {
      try {
        await this.#room.request(receiver.id, 'consumer:created', setup, CONSUMER_ACK_TIMEOUT_MS);
        break;
      } catch (error) {
        if (offer === CONSUMER_OFFERS) throw error;
      }
    }
    if (consumer.closed) return;
    demand?.arrived(consumerId);
    if (received.paused) return;
    await consumer.resume();
    this.askForKeyFrame(receiver, received);
  }

  #tellOf({ consumer }: ReceivedTrack, { id }: SfuSeat): void {
    const { id: consumerId } = consumer;
    consumer.events.on('closed', (reason) => {
      if (reason === 'producer-closed') this.#room.notify(id, 'consumer:closed', { consumerId });
    });
    consumer.events.on('producerPaused', (paused) =>
      this.#room.notify(id, paused ? 'consumer:paused' : 'consumer:resumed', { consumerId }),
    );
    consumer.events.on('layers', (layers) =>
      this.#room.notify(id, 'consumer:layers', {
        consumerId,
        spatialLayer: layers?.spatialLayer ?? null,
        temporalLayer: layers?.temporalLayer ?? null,
      }),
    );
  }
}
