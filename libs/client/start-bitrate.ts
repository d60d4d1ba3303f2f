/**
 * What Chromium takes an uplink for until it has measured it. It would begin with 300 kbit/s, just what it takes for 360 lines: over the SFU
 * the highest layer then needs seconds, and a mesh link whose first measurement is a little lower begins with half the lines and stays
 * there for seconds. A handover would have to wait for either.
 */
export const START_BITRATE_KBPS = 1200;

const PARAMETER = `x-google-start-bitrate=${START_BITRATE_KBPS}`;
const VIDEO_CODEC = /^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000/gm;

/**
 * The description of the other end of a link, as it is to be set here: what we send it begins with that bitrate. The parameter is Chromium's
 * own; other browsers leave it aside.
 */
export const withStartBitrate = (sdp: string): string =>
  sdp
    .split(/^(?=m=)/m)
    .map(beginSection)
    .join('');

/** Each section has its own formats (RFC 8866 §6.15), of payload types that the others have as well. */
function beginSection(section: string): string {
  return [...section.matchAll(VIDEO_CODEC)].reduce((result, [rtpmap, payloadType = '']) => {
    const formats = new RegExp(`^a=fmtp:${payloadType} [^\r\n]+`, 'm');
    return formats.test(result)
      ? result.replace(formats, `$&;${PARAMETER}`)
      : result.replace(rtpmap, `${rtpmap}\r\na=fmtp:${payloadType} ${PARAMETER}`);
  }, section);
}
