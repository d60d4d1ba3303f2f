import type { Page } from 'playwright-core';

/** The ways that a page has no route for: its network has, as far as the page can tell, no such way. */
export interface CutRoutes {
  /** Directly to the other participants. */
  readonly mesh: boolean;
  /** To the media server. */
  readonly sfu: boolean;
}

interface RoutesInPage extends CutRoutes {
  /** How many connections had to do without since the page was opened. */
  cutOff: number;
}

declare global {
  interface Window {
    routes?: RoutesInPage;
  }
}

/**
 * To be run in a page before its own scripts: takes routes away from the connections that it makes from then on, until
 * {@link setRoutes}. Nothing but the network is different: the page learns of it as it would of a firewall.
 */
export function cutRoutes(cut: CutRoutes): void {
  const routes: RoutesInPage = { ...cut, cutOff: 0 };
  window.routes = routes;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration: RTCConfiguration = {}) {
      // mediasoup-client states this, which is the default; a link to another participant does not.
      const toServer = configuration.rtcpMuxPolicy !== undefined;
      const cutOff = routes.mesh && !toServer;
      if (cutOff) routes.cutOff += 1;
      // Without a TURN server there is nothing to relay: no address to be reached at, and none to reach out from.
      super(cutOff ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
    }

    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const { type, sdp = '' } = description;
      if (!routes.sfu || !sdp.includes('a=ice-lite')) return super.setRemoteDescription(description);
      routes.cutOff += 1;
      // RFC 8839 §5.1: foundation, component, transport, priority, address, port. Nobody listens on port 9.
      const nowhere = sdp.replaceAll(/^(a=candidate:(?:\S+ ){5})\d+/gm, '$19');
      return super.setRemoteDescription({ type, sdp: nowhere });
    }
  };
}

/** What is cut for the connections that the page makes from now on. */
export async function setRoutes(page: Page, cut: Partial<CutRoutes>): Promise<void> {
  await page.evaluate((change) => {
    if (window.routes === undefined) throw new Error('the routes of this page cannot be cut');
    Object.assign(window.routes, change);
  }, cut);
}

/** How many connections of the page had to do without a route. A test of troubles that never came would say nothing. */
export function connectionsCutOff(page: Page): Promise<number> {
  return page.evaluate(() => window.routes?.cutOff ?? 0);
}
