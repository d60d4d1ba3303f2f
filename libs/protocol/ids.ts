import { z } from 'zod';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected 1 to 64 characters out of A-Z a-z 0-9 _ -');

/** A member of one room, for as long as it is a member. */
export const participantIdSchema = id.brand<'ParticipantId'>().describe('A participant of the room');
export type ParticipantId = z.infer<typeof participantIdSchema>;

/** One WebRTC transport of a participant to the SFU. */
export const transportIdSchema = id.brand<'TransportId'>().describe('A transport of the participant');
export type TransportId = z.infer<typeof transportIdSchema>;

/** One track that a participant sends to the SFU. */
export const producerIdSchema = id.brand<'ProducerId'>().describe('A producer');
export type ProducerId = z.infer<typeof producerIdSchema>;

/** One track that a participant receives from the SFU. */
export const consumerIdSchema = id.brand<'ConsumerId'>().describe('A consumer of the participant');
export type ConsumerId = z.infer<typeof consumerIdSchema>;

/** One chat message. */
export const messageIdSchema = id.brand<'MessageId'>().describe('A chat message');
export type MessageId = z.infer<typeof messageIdSchema>;

/** The number of a topology in its room: 1 for the first, rising by one with each handover. */
export const epochSchema = z.int().min(1).describe('The number of a handover in its room');
export type Epoch = z.infer<typeof epochSchema>;

/** The number of a notification in its room, rising by one. */
export const seqSchema = z.int().min(0).describe("The notification's number in its room, rising by one");
