/** As a browser's, with a microphone and a camera. */
const OFFER_BYTES = 3000;
export const CANDIDATES = 10;
/** The offer or answer, and the candidates. */
export const SIGNALS = 1 + CANDIDATES;

const LINE = 'a=rtpmap:96 VP8/90000 a=rtcp-fb:96 goog-remb transport-cc ccm fir nack nack pli\r\n';
export const SDP = LINE.repeat(Math.ceil(OFFER_BYTES / LINE.length)).slice(0, OFFER_BYTES);

export const candidate = (index: number): string =>
  `candidate:${1000 + index} 1 udp 2122260223 192.0.2.${index} ${50_000 + index} typ host generation 0 ufrag EsAw network-id ${index}`;

/** What one of a pair sends to the other, each made by `make` from its number: 0 is the description. */
export function eachSignal(send: (index: number) => void): void {
  for (let index = 0; index < SIGNALS; index += 1) send(index);
}
