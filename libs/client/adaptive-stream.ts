import type { ConsumerId, ParticipantId, Source, VideoSize } from '#protocol';
import { CallError } from './call-error.ts';
import { chooseLayer } from './layer-choice.ts';
import type { SignalingClient } from './signaling-client.ts';
import type { VideoDemands, VideoPriority } from './video-demands.ts';

/** Less is asked for only when it stays so: a page that lays itself out anew shows and hides much for a moment. */
const LOWER_AFTER_MS = 300;

const PRIORITIES: Readonly<Record<VideoPriority, number>> = { normal: 1, high: 10 };

/**
 * `everything`: paths are proven at full height. `only-more`: while a handover away from this plane is under way, nothing of what is
 * seen gets smaller. `demand`: each video as it is seen.
 */
export type AdaptiveMode = 'everything' | 'only-more' | 'demand';

export interface ReceivedVideo {
  readonly consumerId: ConsumerId;
  readonly participantId: ParticipantId;
  readonly source: Source;
  readonly spatialLayers: number;
  readonly size: VideoSize | null;
}

interface Asked {
  /** Null: it is paused. */
  readonly layer: number | null;
  readonly priority: number;
}

interface Followed {
  readonly video: ReceivedVideo;
  /** The server begins with everything. */
  asked: Asked;
  lowering: ReturnType<typeof setTimeout> | undefined;
}

/** Asks the SFU, of each video of one plane, for as much as is seen of it. */
export class AdaptiveStream {
  readonly #signaling: Pick<SignalingClient, 'request'>;
  readonly #demands: Pick<VideoDemands, 'of' | 'knows'>;
  readonly #followed = new Map<ConsumerId, Followed>();
  #mode: AdaptiveMode = 'everything';

  constructor(signaling: Pick<SignalingClient, 'request'>, demands: Pick<VideoDemands, 'of' | 'knows'>) {
    this.#signaling = signaling;
    this.#demands = demands;
  }

  follow(mode: AdaptiveMode): void {
    this.#mode = mode;
    for (const one of this.#followed.values()) this.#update(one);
  }

  add(video: ReceivedVideo): void {
    const asked = { layer: video.spatialLayers - 1, priority: 1 };
    const one: Followed = { video, asked, lowering: undefined };
    this.#followed.set(video.consumerId, one);
    if (this.#mode === 'demand' && this.#demands.knows(video.participantId, video.source))
      this.#ask(one, this.#target(video));
    else this.#update(one);
  }

  remove(id: ConsumerId): void {
    clearTimeout(this.#followed.get(id)?.lowering);
    this.#followed.delete(id);
  }

  /** What is seen of that video may be another thing now. */
  changed(participantId: ParticipantId, source: Source): void {
    for (const one of this.#followed.values())
      if (one.video.participantId === participantId && one.video.source === source) this.#update(one);
  }

  close(): void {
    for (const id of this.#followed.keys()) this.remove(id);
  }

  #update(one: Followed): void {
    if (this.#mode === 'everything') return;
    const target = this.#target(one.video);
    if (rank(target) >= rank(one.asked)) {
      clearTimeout(one.lowering);
      one.lowering = undefined;
      this.#ask(one, target);
      return;
    }
    if (this.#mode === 'demand') one.lowering ??= setTimeout(() => this.#lower(one), LOWER_AFTER_MS);
  }

  #lower(one: Followed): void {
    one.lowering = undefined;
    if (this.#mode === 'demand') this.#ask(one, this.#target(one.video));
  }

  #target({ participantId, source, spatialLayers, size }: ReceivedVideo): Asked {
    const { shown, priority } = this.#demands.of(participantId, source);
    const layer = shown === null ? null : chooseLayer(spatialLayers - 1, size, shown);
    return { layer, priority: PRIORITIES[priority] };
  }

  #ask(one: Followed, target: Asked): void {
    const { asked } = one;
    const { consumerId } = one.video;
    if (target.layer === null) {
      if (asked.layer !== null) this.#tell(this.#signaling.request('consumer:pause', { consumerId }));
      one.asked = { ...asked, layer: null };
      return;
    }
    const { layer: spatialLayer, priority } = target;
    if (asked.layer !== spatialLayer || asked.priority !== priority)
      this.#tell(this.#signaling.request('consumer:prefer', { consumerId, spatialLayer, priority }));
    if (asked.layer === null) this.#tell(this.#signaling.request('consumer:resume', { consumerId }));
    one.asked = target;
  }

  /** A consumer that is gone by then wants nothing more. */
  #tell(request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      if (!(error instanceof CallError)) throw error;
    });
  }
}

const rank = ({ layer }: Asked): number => layer ?? -1;
