import type { CallSnapshot } from '#client';

/**
 * Writes the call's state onto `<body>`, in the same tick in which it changes. Part of the stable outside: tests and embedders read
 * `data-call-state`, `data-topology`, `data-epoch` and `data-handover`.
 */
export function reflectOnBody({ state, topology, epoch, handover }: CallSnapshot, body: HTMLElement): void {
  body.dataset['callState'] = state === 'new' ? 'preview' : state;
  body.dataset['handover'] = handover;
  if (topology === null) {
    delete body.dataset['topology'];
    delete body.dataset['epoch'];
  } else {
    body.dataset['topology'] = topology;
    body.dataset['epoch'] = String(epoch);
  }
}
