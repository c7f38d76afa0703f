"""Made-up texts that can be told apart, and texts that want to break something."""

import random
from string import ascii_letters

from onegrid.triage.rules.learning import Example

SAYINGS = {
    "roads.manhole": ("井盖破了", "窨井盖松动", "下水道盖子没了", "井盖响"),
    "roads.lamp": ("路灯不亮", "灯坏了一片漆黑", "路灯一闪一闪", "晚上没有灯"),
    "fire.passage": ("楼道堆杂物", "消防通道被堵", "安全出口锁着", "通道停了车"),
}
OWN = [
    Example("井盖破损", "roads.manhole"), Example("manhole", "roads.manhole"), Example("路灯不亮", "roads.lamp"),
    Example("lamp", "roads.lamp"), Example("疏散通道堵塞", "fire.passage"),
]  # fmt: skip
HOSTILE = (
    "", " ", "\n\t", "\x00", "\ufeff", "undefined", "NULL", "1;DROP TABLE users", "' OR 1=1 -- ",
    "<script>alert(1)</script>",
    "%s%s%n", "{{ 7*7 }}", "../../../etc/passwd", "Ω≈ç√∫˜µ", "田中さんにあげて下さい", "표", "😍🇺🇸", "הָיְתָה", "﷽",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤", "𠜎𠜱𠝹𠱓", "1/0", "1e309", "\ud800", "井" * 100_000, "a" * 100_000, "井盖" + "\u202e" + "破",
)  # fmt: skip


def spoken(count, seed=1):
    """Return so many texts about the three matters, each in words of its own."""
    draw = random.Random(seed)  # noqa: S311 — sentences, not secrets
    found = []
    for _ in range(count):
        code = draw.choice(list(SAYINGS))
        noise = "".join(draw.choice("甲乙丙丁戊己庚辛壬癸子丑寅卯") for _ in range(6))
        word = "".join(draw.choice(ascii_letters) for _ in range(5))
        found.append(Example(f"{noise}{draw.choice(SAYINGS[code])}，请来看看 {word}", code))
    return found
