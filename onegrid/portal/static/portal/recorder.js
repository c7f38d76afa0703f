/** Records voice or a short video in the page, in a format that the device can write and we can read. */

const FORMATS = {
  audio: ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"],
  video: ["video/webm;codecs=vp8,opus", "video/mp4"],
};
const ENDINGS = { webm: "webm", mp4: "mp4", ogg: "ogg" };
const SIZE = { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: "environment" };
const BITS = { audioBitsPerSecond: 32_000, videoBitsPerSecond: 1_000_000 };

/** @param {"audio" | "video"} kind */
const formatOf = (kind) => FORMATS[kind].find((format) => MediaRecorder.isTypeSupported(format));

/** Tell whether this device can record in the page. @param {"audio" | "video"} kind */
export const canRecord = (kind) =>
  Boolean(navigator.mediaDevices) && typeof MediaRecorder !== "undefined" && Boolean(formatOf(kind));

/**
 * Start recording; it ends when `stop` is called, or after so many seconds.
 *
 * @param {"audio" | "video"} kind @param {number} seconds @param {string} name
 * @returns {Promise<{stop: () => void, stream: MediaStream, done: Promise<File>}>}
 */
export async function record(kind, seconds, name) {
  const wanted = { audio: { echoCancellation: true, noiseSuppression: true }, video: kind === "video" && SIZE };
  const stream = await navigator.mediaDevices.getUserMedia(wanted);
  const format = formatOf(kind) ?? "";
  const recorder = new MediaRecorder(stream, { mimeType: format, ...BITS });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const stop = () => recorder.state !== "inactive" && recorder.stop();
  const timer = setTimeout(stop, seconds * 1000);
  const done = new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      const type = format.split(";")[0];
      const ending = ENDINGS[/** @type {keyof ENDINGS} */ (type.split("/")[1])];
      resolve(new File(parts, `${name}.${ending}`, { type, lastModified: Date.now() }));
    });
  });
  recorder.start();
  return { stop, stream, done };
}
