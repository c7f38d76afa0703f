/**
 * Records a voice, masked on the device unless somebody wants otherwise; the unmasked one never leaves the graph.
 *
 * Masking shifts pitch and formants by a random share, cuts off what is above and below speech, and lays a
 * ring modulation over it. It hides a voice from somebody who listens; from a laboratory it does not
 * (docs/explanation/tips.md).
 */

const SWEEP = 0.1; // seconds of one way through the delay
const LONGEST = 10 * 60 * 1000; // milliseconds

/** A random number between two others. @param {number} least @param {number} most */
function between(least, most) {
  return least + (crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32) * (most - least);
}

/** A sound of one sweep: `shape` says its height from 0 to 1 along the way. @param {AudioContext} context @param {(along: number) => number} shape */
function sweep(context, shape) {
  const length = Math.round(SWEEP * context.sampleRate);
  const buffer = context.createBuffer(1, length, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let at = 0; at < length; at += 1) samples[at] = shape(at / length);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.loop = true;
  return source;
}

/**
 * Shift pitch and formants: two delays whose lengths sweep, each silent when it jumps back.
 *
 * @param {AudioContext} context @param {AudioNode} from @param {AudioNode} to @param {number} factor
 */
function shift(context, from, to, factor) {
  const depth = Math.abs(1 - factor) * SWEEP; // seconds
  for (const half of [0, 0.5]) {
    const delay = context.createDelay(1);
    const fade = context.createGain();
    fade.gain.value = 0;
    const turned = (/** @type {number} */ along) => (along + half) % 1;
    const length = sweep(context, (along) => depth * (factor < 1 ? turned(along) : 1 - turned(along)));
    const height = sweep(context, (along) => Math.sin(Math.PI * turned(along)) ** 2);
    length.connect(delay.delayTime);
    height.connect(fade.gain);
    from.connect(delay).connect(fade).connect(to);
    length.start();
    height.start();
  }
}

/** @param {AudioContext} context @param {AudioNode} from @param {AudioNode} to */
function mask(context, from, to) {
  const low = new BiquadFilterNode(context, { type: "highpass", frequency: 140 });
  const high = new BiquadFilterNode(context, { type: "lowpass", frequency: between(2600, 3400) });
  const ring = context.createGain();
  const swing = new OscillatorNode(context, { frequency: between(30, 70) });
  const swung = context.createGain();
  ring.gain.value = 0.65;
  swung.gain.value = 0.35;
  swing.connect(swung).connect(ring.gain);
  swing.start();
  const factor = between(0, 1) < 0.5 ? between(0.72, 0.84) : between(1.2, 1.36);
  from.connect(low);
  shift(context, low, high, factor);
  high.connect(ring).connect(to);
}

/**
 * Start recording; `stop` of what is returned gives the recording.
 *
 * @param {{isMasked: boolean}} choice
 * @returns {Promise<{stop: () => Promise<Blob>}>}
 */
export async function record({ isMasked }) {
  const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: wanted });
  const context = new AudioContext();
  const source = context.createMediaStreamSource(microphone);
  const target = context.createMediaStreamDestination();
  if (isMasked) mask(context, source, target);
  else source.connect(target);
  const type = ["audio/webm;codecs=opus", "audio/mp4"].find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(target.stream, { mimeType: type, audioBitsPerSecond: 32000 });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const over = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  const limit = setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
  return {
    async stop() {
      clearTimeout(limit);
      if (recorder.state !== "inactive") recorder.stop();
      await over;
      for (const track of microphone.getTracks()) track.stop();
      await context.close();
      return new Blob(pieces, { type: (type ?? "audio/webm").split(";")[0] });
    },
  };
}
