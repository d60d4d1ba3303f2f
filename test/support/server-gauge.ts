import { Session, type Runtime } from 'node:inspector/promises';
import { z } from 'zod';
import { Emitter, TaskQueue } from '#kernel';
import { MeshStrategy, SfuStrategy } from '#topology';

export interface ServerReading {
  /** What keeps this process from ending, of each kind (`process.getActiveResourcesInfo`): timers, sockets, pipes. */
  readonly resources: Readonly<Record<string, number>>;
  /** Listeners on all of Node's event emitters that are reachable, by class: sockets, and mediasoup's objects. */
  readonly listeners: Readonly<Record<string, number>>;
  /** Objects that are reachable, by class: those emitters, and the server's own. */
  readonly instances: Readonly<Record<string, number>>;
  readonly heapBytes: number;
}

/** Where a class is found: those that derive from Node's own count as made in the context of the process. */
const OF_NODE = "process.getBuiltinModule('node:events').prototype";
const KINDS = ['Emitter', 'TaskQueue', 'MeshStrategy', 'SfuStrategy'] as const;
const GAUGED = { Emitter, TaskQueue, MeshStrategy, SfuStrategy };

declare global {
  var gauged: typeof GAUGED | undefined;
}

/** Reads what this process, and the server in it, keeps. Nothing that could be collected is counted. */
export class ServerGauge {
  readonly #inspector: Session;
  readonly #contextId: number;

  private constructor(inspector: Session, contextId: number) {
    this.#inspector = inspector;
    this.#contextId = contextId;
  }

  static async attach(): Promise<ServerGauge> {
    const inspector = new Session();
    inspector.connect();
    // Jest runs each suite in a context of its own, and the inspector finds objects by context.
    globalThis.gauged = GAUGED;
    const contexts: Runtime.ExecutionContextDescription[] = [];
    inspector.on('Runtime.executionContextCreated', ({ params }) => contexts.push(params.context));
    await inspector.post('Runtime.enable');
    for (const { id } of contexts) {
      const { result } = await inspector.post('Runtime.evaluate', {
        expression: 'typeof gauged',
        contextId: id,
      });
      if (result.value !== 'undefined') return new ServerGauge(inspector, id);
    }
    throw new Error('the context of this suite is not to be found');
  }

  async read(): Promise<ServerReading> {
    const figure = `const events = one._events ?? {};
      return Reflect.ownKeys(events).flatMap((key) => events[key]).length;`;
    const listeners = await this.#byClass({ expression: OF_NODE }, figure);
    const instances = await this.#byClass({ expression: OF_NODE }, 'return 1;');
    for (const kind of KINDS) {
      const ours = { expression: `gauged.${kind}.prototype`, contextId: this.#contextId };
      Object.assign(instances, await this.#byClass(ours, 'return 1;'));
    }
    const resources: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
    return { resources, listeners, instances, heapBytes: process.memoryUsage().heapUsed };
  }

  close(): void {
    globalThis.gauged = undefined;
    this.#inspector.disconnect();
  }

  /** A figure of each object with that prototype, summed up by class. The garbage is collected before that. */
  async #byClass(
    prototypeIn: { readonly expression: string; readonly contextId?: number },
    figure: string,
  ): Promise<Record<string, number>> {
    const objectGroup = 'gauge';
    const prototype = await this.#inspector.post('Runtime.evaluate', { ...prototypeIn, objectGroup });
    const { objects } = await this.#inspector.post('Runtime.queryObjects', {
      prototypeObjectId: prototype.result.objectId ?? '',
    });
    const { objectId = '' } = objects;
    const { result } = await this.#inspector.post('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function () {
        const sums = {};
        for (const one of this) {
          // A class is in its own chain of prototypes.
          if (Object.hasOwn(one, 'constructor')) continue;
          const name = one.constructor.name;
          sums[name] = (sums[name] ?? 0) + (() => { ${figure} })();
        }
        return sums;
      }`,
      returnByValue: true,
    });
    await this.#inspector.post('Runtime.releaseObjectGroup', { objectGroup });
    return z.record(z.string(), z.number()).parse(result.value);
  }
}
