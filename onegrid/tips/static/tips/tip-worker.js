/**
 * The slow work, beside the page: the keys that a receipt code derives, and the numbers that solve a puzzle.
 */
import { bech32, hkdf, identityToRecipient, scryptAsync, sha256 } from "../vendor/age-encryption/age-encryption.mjs";
import { hex } from "./sealing.js";

const COST = { N: 2 ** 16, r: 8, p: 1, dkLen: 32 }; // 64 MiB; the code's 76 bits carry the weight
const SALT = "onegrid.tips.v1";

/** What a code leads to: the secret that finds its dialogue, and the key pair for answers. @param {string} code */
async function derive(code) {
  const text = new TextEncoder();
  const seed = await scryptAsync(text.encode(code), text.encode(SALT), COST);
  const secret = hkdf(sha256, seed, undefined, text.encode("lookup"), 32);
  const scalar = hkdf(sha256, seed, undefined, text.encode("answers"), 32);
  const identity = bech32.encodeFromBytes("AGE-SECRET-KEY-", scalar).toUpperCase();
  const lookup = hex(sha256(secret));
  return { secret: hex(secret), lookup, identity, publicKey: await identityToRecipient(identity) };
}

/** @param {Uint8Array} digest */
function zeros(digest) {
  const first = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  return Math.clz32(first);
}

/** Solve every part of a puzzle as `rules/puzzles.py` checks it. @param {string} puzzle @param {number} parts */
function solve(puzzle, parts) {
  const text = puzzle.split(".").slice(0, 3).join(".");
  const bits = Number(puzzle.split(".")[1]);
  const encoder = new TextEncoder();
  return Array.from({ length: parts }, (_, part) => {
    const start = encoder.encode(`${text}.${part}.`);
    const bytes = new Uint8Array(start.length + 12);
    bytes.set(start);
    for (let number = 0; ; number += 1) {
      const { written } = encoder.encodeInto(String(number), bytes.subarray(start.length));
      if (zeros(sha256(bytes.subarray(0, start.length + written))) >= bits) return String(number);
    }
  });
}

onmessage = async ({ data }) => {
  const answer = data.code ? await derive(data.code) : solve(data.puzzle, 16);
  postMessage(answer);
};
