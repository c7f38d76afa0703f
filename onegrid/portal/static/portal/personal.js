/**
 * Finds what somebody may have typed of a person by mistake, before it leaves the device: as `portal/rules/personal.py`
 * does, which says why; `portal/tests/personal.json` holds both to the same.
 */

/** @typedef {{kind: "identity" | "mobile" | "landline" | "plate" | "name", words: string, start: number, end: number}} Finding */

const PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔项缪";
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** @param {string} number */
function isIdentity(number) {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const born = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0);
  return "10X98765432"[total % 11] === number[17].toUpperCase();
}

// What stands before is matched and not looked back at, which browsers learned late.
/** @type {[Finding["kind"], RegExp, (words: string) => boolean][]} */
const LOOKS = [
  ["identity", /(?:^|[^0-9])([1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])/g, isIdentity],
  ["mobile", /(?:^|[^0-9])((?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2})(?![0-9])/g, () => true],
  ["landline", /(?:^|[^0-9])(0[1-9][0-9]{1,2}[ -]?[2-9][0-9]{6,7})(?![0-9])/g, () => true],
  [
    "plate",
    new RegExp(`[${PROVINCES}][A-HJ-NP-Za-hj-np-z][·• ]?(?=[A-Za-z]{0,5}[0-9])[0-9A-HJ-NP-Za-hj-np-z]{5,6}(?![0-9A-Za-z])`, "g"),
    () => true,
  ],
  ["name", /(?:名字|姓名|我叫)(?:是|叫|为)?[:：]?[ ]?([一-鿿]{2,4})(?![一-鿿])/g, () => true],
  ["name", new RegExp(`(?:我叫|名字[是叫为]|姓名[是为:：])[ ]?([${SURNAMES}][一-鿿]{1,2})`, "g"), () => true],
];

/** What in a text says something of a person, in its order; no two overlap. @param {string} text @returns {Finding[]} */
export function personal(text) {
  /** @type {Finding[]} */
  const found = [];
  for (const [kind, pattern, isOne] of LOOKS) {
    for (const match of text.matchAll(pattern)) {
      const words = match[1] ?? match[0];
      const end = match.index + match[0].length;
      const start = end - words.length;
      const isFree = found.every((other) => end <= other.start || other.end <= start);
      if (isFree && isOne(words)) found.push({ kind, words, start, end });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}
