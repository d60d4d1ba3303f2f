import { describe, expect, it } from '@jest/globals';
import { Emitter } from './emitter.ts';

interface Events {
  said: string;
  counted: number;
}

describe('Emitter', () => {
  it('tells the listeners of an event, in the order they were added, and no others', () => {
    const emitter = new Emitter<Events>();
    const heard: unknown[] = [];
    emitter.on('said', (word) => heard.push(`first ${word}`));
    emitter.on('said', (word) => heard.push(`second ${word}`));
    emitter.on('counted', (number) => heard.push(number));
    emitter.emit('said', 'hello');
    expect(heard).toEqual(['first hello', 'second hello']);
  });

  it('tells nothing after an unsubscribe, which may be called twice', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    const off = emitter.on('said', (word) => heard.push(word));
    off();
    off();
    emitter.emit('said', 'hello');
    expect(heard).toEqual([]);
    expect(emitter.listenerCount).toBe(0);
  });

  it('tells a once-listener once, even if it emits the event itself', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    emitter.once('said', (word) => {
      heard.push(word);
      emitter.emit('said', 'again');
    });
    emitter.emit('said', 'hello');
    expect(heard).toEqual(['hello']);
  });

  it('can take a once-listener back', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    emitter.once('said', (word) => heard.push(word))();
    emitter.emit('said', 'hello');
    expect(heard).toEqual([]);
  });

  it('tells everyone who listened when it began, whoever unsubscribes meanwhile', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    emitter.on('said', () => off());
    const off = emitter.on('said', (word) => heard.push(word));
    emitter.emit('said', 'one');
    emitter.emit('said', 'two');
    expect(heard).toEqual(['one']);
  });

  it('tells the others although one throws, and then throws what it threw', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    emitter.on('said', () => {
      throw new Error('broken');
    });
    emitter.on('said', (word) => heard.push(word));
    expect(() => emitter.emit('said', 'hello')).toThrow('broken');
    expect(heard).toEqual(['hello']);
  });

  it('throws everything that was thrown', () => {
    const emitter = new Emitter<Events>();
    const errors = [new Error('one'), new Error('two')];
    for (const error of errors) {
      emitter.on('said', () => {
        throw error;
      });
    }
    let thrown: unknown;
    try {
      emitter.emit('said', 'hello');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toEqual(errors);
  });

  it('forgets all listeners at once', () => {
    const emitter = new Emitter<Events>();
    emitter.on('said', () => undefined);
    emitter.on('counted', () => undefined);
    expect(emitter.listenerCount).toBe(2);
    emitter.removeAllListeners();
    expect(emitter.listenerCount).toBe(0);
  });
});
