/** Whether a picture can be shown in a small window of its own, above those of other programs. Firefox has a button of its own for it. */
export const canShowPictureInPicture = (): boolean => document.pictureInPictureEnabled;

/** Shows the largest picture of the call in a window of its own, or takes it back. Returns whether there was one. */
export async function togglePictureInPicture(stage: HTMLElement): Promise<boolean> {
  if (document.pictureInPictureElement !== null) {
    await document.exitPictureInPicture();
    return true;
  }
  const video = largestPicture(stage);
  if (video === undefined) return false;
  try {
    await video.requestPictureInPicture();
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

function largestPicture(stage: HTMLElement): HTMLVideoElement | undefined {
  const area = (video: HTMLVideoElement): number => video.clientWidth * video.clientHeight;
  return [...stage.querySelectorAll<HTMLVideoElement>('.tile-video:not([data-covered])')]
    .filter(({ videoWidth }) => videoWidth > 0)
    .toSorted((one, other) => area(other) - area(one))[0];
}
