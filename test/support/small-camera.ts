/**
 * To be run in a page before its own scripts: whatever camera it asks for, it gets one of few pixels. What a test of many people is
 * about is seldom the picture, and the machine has to encode it once for each of them.
 */
export function useSmallCamera(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints = {}) => {
    const { video } = constraints;
    const small = { ...(typeof video === 'object' ? video : {}), width: 320, height: 180 };
    return ask(video === undefined || video === false ? constraints : { ...constraints, video: small });
  };
}
