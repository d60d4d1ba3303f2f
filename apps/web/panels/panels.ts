import type { ParticipantId } from '#protocol';
import { Store } from '../store.ts';

export type PanelName = 'chat' | 'people';

/** To whom one is writing. The name is kept for when that one has left. */
export interface Recipient {
  readonly id: ParticipantId;
  readonly displayName: string;
}

/** What stands beside the call, and what is kept of it while it is closed. */
export class Panels {
  readonly open = new Store<PanelName | null>(null);
  /** Null: everyone. */
  readonly recipient = new Store<Recipient | null>(null);
  readonly draft = new Store('');
  /** When the last message that was seen was sent, by the server's clock. */
  readonly seenUntil = new Store(0);

  toggle(panel: PanelName): void {
    this.open.set(this.open.get() === panel ? null : panel);
  }

  /** Closed from within: the focus goes back to where it was opened. */
  close(): void {
    const panel = this.open.get();
    this.open.set(null);
    if (panel !== null) document.getElementById(buttonIdOf(panel))?.focus();
  }

  writeTo(recipient: Recipient): void {
    this.recipient.set(recipient);
    this.open.set('chat');
  }

  /** Another call begins, in which nobody is who they were. What was typed stays. */
  reset(): void {
    this.open.set(null);
    this.recipient.set(null);
  }
}

export const panelIdOf = (panel: PanelName): string => `panel-${panel}`;
export const buttonIdOf = (panel: PanelName): string => `panel-button-${panel}`;
