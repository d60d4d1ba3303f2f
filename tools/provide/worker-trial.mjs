// Does with MEDIASOUP_WORKER_BIN what a call needs, short of media. Run by worker-check.mjs.
// oxlint-disable-next-line switchyard/imports -- a new worker is tried before anything of the server runs
import { createWorker } from 'mediasoup';
import { Failure, runTool } from '../failure.mjs';

await runTool(async () => {
  const worker = await createWorker();
  const died = new Promise((_, reject) => {
    worker.once('died', (error) => reject(new Failure(`it died in its trial: ${error.message}`)));
  });

  const use = async () => {
    const webRtcServer = await worker.createWebRtcServer({
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1', portRange: { min: 40_000, max: 49_999 } }],
    });
    const router = await worker.createRouter({
      mediaCodecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
        { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
      ],
    });

    await router.createWebRtcTransport({ webRtcServer });

    // The one place that needs a working libsrtp without a peer: a session is created from the keys.
    const plain = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      enableSrtp: true,
      comedia: true,
    });
    const { srtpParameters } = plain;
    if (srtpParameters === undefined) {
      throw new Failure('it made no SRTP keys in its trial');
    }
    await plain.connect({ srtpParameters });
  };

  await Promise.race([use(), died]);
  worker.close();
});
