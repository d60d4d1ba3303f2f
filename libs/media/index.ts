export {
  MediaEngine,
  MediaRouter,
  MediaTransport,
  MediaProducer,
  MediaConsumer,
  type ConsumeOptions,
  type ConsumerEvents,
  type MediaCloseReason,
  type MediaCounts,
  type MediaEvents,
  type ProduceOptions,
  type TransportDirection,
} from './media-engine.ts';
