import { describe, expect, it } from '@jest/globals';
import { comesAsSnap } from '../../../tools/provide/chromium.mjs';

describe('Chromium', () => {
  it.each(['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'ID=pop\nID_LIKE="ubuntu debian"\n'])(
    'comes as a snap on %j',
    (osRelease) => {
      expect(comesAsSnap(osRelease)).toBe(true);
    },
  );

  it.each(['ID=debian\nHOME_URL="https://www.debian.org/"\n', 'ID=fedora\nSUPPORT="not ubuntu"\n', ''])(
    'comes as a package on %j',
    (osRelease) => {
      expect(comesAsSnap(osRelease)).toBe(false);
    },
  );
});
