/** @throws DOMException as `getUserMedia` does; `SecurityError` where the page is not secure */
export function openDevices(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!('mediaDevices' in navigator)) {
    return Promise.reject(new DOMException('devices need HTTPS or localhost', 'SecurityError'));
  }
  return navigator.mediaDevices.getUserMedia(constraints);
}

/** Everything there is to choose from. Empty where devices cannot be had; without names before the page was allowed any. */
export async function listDevices(): Promise<readonly MediaDeviceInfo[]> {
  if (!('mediaDevices' in navigator)) return [];
  try {
    return await navigator.mediaDevices.enumerateDevices();
  } catch {
    // An embedder has forbidden it: then there is nothing to choose from.
    return [];
  }
}
