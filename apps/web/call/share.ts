/** Whether the system has a way to pass a link on, as telephones do. */
export function canShare(url: string): boolean {
  return 'canShare' in navigator && navigator.canShare({ url });
}

/** Lets the person choose whom to pass it on to. False where that failed; that they thought better of it is no failure. */
export async function share(url: string): Promise<boolean> {
  try {
    await navigator.share({ url });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError';
  }
}

/** Whether the address means the machine that it is opened on, so that nobody else gets here by it (RFC 6761 §6.3, RFC 1122 §3.2.1.3). */
export function leadsNowhereElse(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}
