import { z } from 'zod';

interface ErrorMeaning {
  readonly meaning: string;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
}

/** Every way a request can fail. The codes are stable: clients switch on them. */
export const ERRORS = {
  INVALID_PAYLOAD: {
    meaning: 'The payload does not fit the schema; `details.issues` says where and why.',
    retryable: false,
  },
  PAYLOAD_TOO_LARGE: { meaning: 'The message is larger than 64 KiB.', retryable: false },
  UNKNOWN_EVENT: { meaning: 'There is no request of that name.', retryable: false },
  NOT_JOINED: { meaning: 'The request needs a room, and this session has joined none.', retryable: false },
  ALREADY_JOINED: { meaning: 'This session is in a room already; it leaves first.', retryable: false },
  ROOM_FULL: { meaning: 'The room has as many participants as it may have.', retryable: true },
  NOT_PERMITTED: { meaning: "The participant's role does not permit it.", retryable: false },
  NOT_FOUND: { meaning: 'What the request names does not exist here, or is not yours.', retryable: false },
  INVALID_STATE: {
    meaning: 'The request came out of order, for example a transport connected twice.',
    retryable: false,
  },
  SUPERSEDED_EPOCH: {
    meaning: 'The request belongs to a topology that the room has left.',
    retryable: false,
  },
  MEDIA_UNAVAILABLE: { meaning: 'The SFU cannot do it now.', retryable: true },
  SERVER_STOPPING: { meaning: 'This server is stopping and accepts nothing new.', retryable: true },
  RATE_LIMITED: {
    meaning: 'Too often in a short time; `details.retryAfterMs` says when there is room again.',
    retryable: true,
  },
  INTERNAL: { meaning: 'A defect of the server; `details.incidentId` is in its log too.', retryable: true },
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERRORS;

export const errorCodeSchema = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

export const errorSchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string().describe('What was expected and what came, for people'),
  retryable: z.boolean().describe('The same request may succeed later'),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type ProtocolError = z.infer<typeof errorSchema>;
