/**
 * Seals a file while it is read and sends it in parts; opens one that a reader fetched.
 *
 * Inside the seal: four bytes of length, what the file is as JSON, its bytes, and zeros up to a power of two.
 */
import { Decrypter, Encrypter } from "../vendor/age-encryption/age-encryption.mjs";
import { Refused } from "./working.js";

const SMALLEST = 16 * 1024; // bytes
const LARGEST = 128 * 1024 * 1024; // bytes, as `rules/sealed.py` knows it
const PART = 512 * 1024; // bytes of a request
const ZEROS = 64 * 1024; // bytes
const TRIES = 4; // of a part over a bad line
export const LARGEST_FILE = 100 * 1024 * 1024; // bytes

/** @param {Blob} blob @param {Uint8Array} head */
async function* inside(blob, head) {
  yield head;
  const reader = blob.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  let size = SMALLEST;
  while (size < blob.size + head.length) size *= 2;
  for (let left = size - blob.size - head.length; left > 0; left -= ZEROS) yield new Uint8Array(Math.min(left, ZEROS));
}

/** @param {AsyncGenerator<Uint8Array>} source @returns {ReadableStream<Uint8Array>} */
function streamOf(source) {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

/** @param {object} about @param {number} bytes */
function headOf(about, bytes) {
  const text = new TextEncoder().encode(JSON.stringify({ ...about, bytes }));
  const head = new Uint8Array(4 + text.length);
  new DataView(head.buffer).setUint32(0, text.length);
  head.set(text, 4);
  return head;
}

/** @param {string} url @param {Record<string, string>} headers @param {Uint8Array} body */
async function sendPart(url, headers, body) {
  for (let tried = 1; ; tried += 1) {
    try {
      const options = { method: "POST", credentials: /** @type {const} */ ("omit"), headers, body };
      const response = await fetch(url, { ...options, referrerPolicy: "no-referrer", cache: "no-store" });
      if (response.ok) return;
      if (response.status < 500 || tried === TRIES) throw new Refused((await response.json()).detail);
    } catch (error) {
      if (error instanceof Refused || tried === TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, tried * 1000));
  }
}

/**
 * Seal a file and send it; return how the message names it.
 *
 * @param {{blob: Blob, name: string, type: string, role: string}} file
 * @param {{url: string, keys: string[], puzzle: string, numbers: string[], told: (share: number) => void}} way
 */
export async function sendFile({ blob, name, type, role }, { url, keys, puzzle, numbers, told }) {
  if (blob.size > LARGEST_FILE || blob.size > LARGEST) throw new Refused("");
  const id = crypto.randomUUID();
  const encrypter = new Encrypter();
  for (const key of new Set(keys)) encrypter.addRecipient(key);
  const sealed = await encrypter.encrypt(streamOf(inside(blob, headOf({ name, type, role }, blob.size))));
  const fixed = {
    "Content-Type": "application/octet-stream",
    "X-File": id,
    "X-Original": role === "original" ? "1" : "0",
    "X-Puzzle": puzzle,
    "X-Numbers": numbers.join(","),
  };
  let part = new Uint8Array(0);
  let parts = 0;
  let sent = 0;
  const reader = sealed.getReader();
  for (let read = await reader.read(); ; read = await reader.read()) {
    if (read.value) part = joined(part, read.value);
    while (part.length >= PART || (read.done && part.length)) {
      const body = part.slice(0, PART);
      await sendPart(url, { ...fixed, "X-Part": String(parts) }, body);
      part = part.slice(body.length);
      parts += 1;
      sent += body.length;
      told(Math.min(1, sent / Math.max(1, blob.size)));
    }
    // The name of an original may say when it was taken: it stays inside its own seal.
    if (read.done) return { id, parts, name: role === "original" ? role : name, type, role };
  }
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Open a sealed file that was fetched. @param {Response} response @param {string} identity */
export async function openFile(response, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const whole = await decrypter.decrypt(new Uint8Array(await response.arrayBuffer()));
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  const about = JSON.parse(new TextDecoder().decode(whole.subarray(4, 4 + length)));
  return { about, bytes: whole.slice(4 + length, 4 + length + about.bytes) };
}
