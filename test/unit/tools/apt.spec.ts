import { describe, expect, it } from '@jest/globals';
import { installByHand, missingPackages } from '../../../tools/provide/apt.mjs';

const packages = [{ name: 'cmake', command: 'cmake' }, { name: 'libuv1-dev' }, { name: 'libssl-dev' }];

function missing(installed: string[], commands: string[]) {
  return missingPackages(packages, {
    isInstalled: (name: string) => installed.includes(name),
    hasCommand: (command: string) => commands.includes(command),
  });
}

describe('missing packages', () => {
  it('are those that are not installed', () => {
    expect(missing(['cmake', 'libssl-dev'], [])).toEqual(['libuv1-dev']);
  });

  it('do not include one whose command is there from elsewhere', () => {
    expect(missing(['libuv1-dev', 'libssl-dev'], ['cmake'])).toEqual([]);
  });

  it('include a library even if a command has its name', () => {
    expect(missing([], ['cmake', 'libuv1-dev'])).toEqual(['libuv1-dev', 'libssl-dev']);
  });
});

describe('the sentence for somebody who may not install', () => {
  it('has the command to run', () => {
    expect(installByHand('Building the mediasoup worker', ['cmake', 'libuv1-dev'])).toBe(
      'Building the mediasoup worker needs packages that are not installed; run: sudo apt-get update && sudo apt-get install -y cmake libuv1-dev',
    );
  });

  it('does not name sudo where there is none', () => {
    expect(installByHand('Testing in a browser', ['chromium'], { hasSudo: false })).toBe(
      'Testing in a browser needs packages that are not installed; as root, run: apt-get update && apt-get install -y chromium',
    );
  });
});
