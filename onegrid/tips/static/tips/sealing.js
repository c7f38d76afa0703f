/**
 * Seals and opens messages with age (X25519, ChaCha20-Poly1305), padded to one of a few sizes.
 *
 * Nothing here is cryptography of our own: the library does it, this says what goes in.
 */
import { Decrypter, Encrypter, sha256 } from "../vendor/age-encryption/age-encryption.mjs";

const CLASSES = [4096, 16384, 65536]; // bytes, as `rules/sealed.py` knows them
const LENGTH = 4; // bytes that say how long the message is

/** A message that fits no class. */
export class TooLong extends Error {
  /** @param {number} bytes too many */
  constructor(bytes) {
    super("too long");
    this.bytes = bytes;
  }
}

/** @param {object} message */
function padded(message) {
  const text = new TextEncoder().encode(JSON.stringify(message));
  const size = CLASSES.find((bytes) => bytes >= text.length + LENGTH);
  if (!size) throw new TooLong(text.length + LENGTH - CLASSES[CLASSES.length - 1]);
  const whole = new Uint8Array(size);
  new DataView(whole.buffer).setUint32(0, text.length);
  whole.set(text, LENGTH);
  return whole;
}

/** @param {Uint8Array} whole */
function unpadded(whole) {
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  return JSON.parse(new TextDecoder().decode(whole.subarray(LENGTH, LENGTH + length)));
}

/** Seal a message to public keys; return base64. @param {object} message @param {string[]} keys */
export async function seal(message, keys) {
  const encrypter = new Encrypter();
  for (const key of new Set(keys)) encrypter.addRecipient(key);
  return packed(await encrypter.encrypt(padded(message)));
}

/** Open a sealed message. @param {string} sealed in base64 @param {string} identity */
export async function open(sealed, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return unpadded(await decrypter.decrypt(unpacked(sealed)));
}

/** @param {Uint8Array} bytes */
export function packed(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** @param {string} text */
export function unpacked(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The fingerprint of a public key, as `rules/fingerprints.py` writes it. @param {string} key */
export function fingerprint(key) {
  const digits = hex(sha256(new TextEncoder().encode(key))).slice(0, 32).toUpperCase();
  return (digits.match(/.{4}/g) ?? []).join(" ");
}
