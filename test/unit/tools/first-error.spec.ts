import { describe, expect, it } from '@jest/globals';
import { firstError } from '../../../tools/provide/worker-build.mjs';

describe('the first error in the log of a build', () => {
  it("is the compiler's", () => {
    const log = `[7/260] Building CXX object lib.cpp.o
FAILED: SrtpSession.cpp.o
/build/SrtpSession.cpp:208:25: error: 'srtp_policy' was not declared in this scope
/build/SrtpSession.cpp:210:25: error: 'policy' was not declared in this scope
`;

    expect(firstError(log)).toBe(
      "/build/SrtpSession.cpp:208:25: error: 'srtp_policy' was not declared in this scope",
    );
  });

  it('is what CMake says, not only where', () => {
    const log = `-- Found libuv, version 1.44.2
CMake Error at CMakeLists.txt:17 (find_package):
  Could not find a package configuration file provided by "absl"
`;

    expect(firstError(log)).toBe('Could not find a package configuration file provided by "absl"');
  });

  it('is unknown where nothing says so', () => {
    expect(
      firstError('[1/2] Building error_code.cpp.o\nninja: build stopped: interrupted by user.\n'),
    ).toBeUndefined();
  });
});
