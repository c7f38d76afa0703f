/**
 * Receipt codes and key phrases: 23 random digits (76 bits) and one that shows a slip, in groups of four.
 */

const RANDOM = 23;

/** The digit that makes a code whole (Luhn), so that a mistyped one is noticed on the device. @param {string} digits */
function checkDigit(digits) {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Make a new code, 24 digits. */
export function newCode() {
  let digits = "";
  while (digits.length < RANDOM) {
    for (const byte of crypto.getRandomValues(new Uint8Array(RANDOM))) {
      // Above 249 the low digits would come more often.
      if (byte < 250 && digits.length < RANDOM) digits += String(byte % 10);
    }
  }
  return digits + checkDigit(digits);
}

/** A code as people read it. @param {string} code */
export function grouped(code) {
  return (code.match(/.{4}/g) ?? []).join(" ");
}

/** What somebody typed, as digits only; full-width digits too. @param {string} typed */
export function digitsOf(typed) {
  return typed.normalize("NFKC").replace(/\D/g, "");
}

/** Tell whether digits are a whole code. @param {string} digits */
export function isWhole(digits) {
  return digits.length === RANDOM + 1 && checkDigit(digits.slice(0, RANDOM)) === digits[RANDOM];
}
