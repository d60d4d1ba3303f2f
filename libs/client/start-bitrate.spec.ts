import { describe, expect, it } from '@jest/globals';
import { withStartBitrate } from './start-bitrate.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

describe('what a link begins to send with', () => {
  it('is said of each video codec, beside what is said of it already', () => {
    const sdp = lines(
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 9',
      'a=rtpmap:96 VP8/90000',
      'a=rtcp-fb:96 nack pli',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      'a=rtpmap:98 VP9/90000',
      'a=fmtp:98 profile-id=0',
      'a=rtpmap:9 H264/90000',
      'a=fmtp:9 packetization-mode=1',
    );
    expect(withStartBitrate(sdp)).toBe(
      lines(
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 minptime=10;useinbandfec=1',
        'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 9',
        'a=rtpmap:96 VP8/90000',
        'a=fmtp:96 x-google-start-bitrate=1200',
        'a=rtcp-fb:96 nack pli',
        'a=rtpmap:97 rtx/90000',
        'a=fmtp:97 apt=96',
        'a=rtpmap:98 VP9/90000',
        'a=fmtp:98 profile-id=0;x-google-start-bitrate=1200',
        'a=rtpmap:9 H264/90000',
        'a=fmtp:9 packetization-mode=1;x-google-start-bitrate=1200',
      ),
    );
  });

  it('is said once in each section', () => {
    const section = ['m=video 9 UDP/TLS/RTP/SAVPF 98', 'a=rtpmap:98 VP9/90000', 'a=fmtp:98 profile-id=0'];
    const begun = [...section.slice(0, 2), 'a=fmtp:98 profile-id=0;x-google-start-bitrate=1200'];
    expect(withStartBitrate(lines('v=0', ...section, ...section))).toBe(lines('v=0', ...begun, ...begun));
  });

  it('is not said where there is no video', () => {
    const sdp = lines('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2');
    expect(withStartBitrate(sdp)).toBe(sdp);
  });
});
