"""
What somebody may have typed of a person by mistake: numbers of identity cards and phones, plates, names.

Only what its own form gives away counts, so that house numbers and amounts of money stay in peace: an identity number
whose check digit is right (GB 11643-1999), a mobile number of the ranges in use, a plate as GA 36-2018 has it. A name
is what stands after 名字, 姓名 or 我叫. `static/portal/personal.js` finds the same, and
`tests/personal.json` holds both to it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_SURNAMES: Final = (  # the hundred most common, and some of Wenzhou: where a name is followed by more words
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔项缪"
)
_LETTER: Final = "[A-HJ-NP-Za-hj-np-z]"  # neither I nor O, which look like digits
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_LONGEST_LIFE: Final = 1900


class Personal(StrEnum):
    """What kind of thing it is."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    LANDLINE = "landline"
    PLATE = "plate"
    NAME = "name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One place in a text that says something of a person."""

    kind: Personal
    start: int
    end: int
    words: str


def _identity(found: re.Match[str]) -> bool:
    number = found[0].upper()
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return born.year >= _LONGEST_LIFE and _CHECKS[total % 11] == number[17]


def _always(found: re.Match[str]) -> bool:  # noqa: ARG001  # its form alone gives it away
    return True


# In the order in which they claim a place; digits are 0 to 9 only, so that both languages mean the same.
_LOOKS: Final[Sequence[tuple[Personal, re.Pattern[str], Callable[[re.Match[str]], bool]]]] = (
    (Personal.IDENTITY, re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])"), _identity),
    (Personal.MOBILE, re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])"), _always),
    (Personal.LANDLINE, re.compile(r"(?<![0-9])0[1-9][0-9]{1,2}[ -]?[2-9][0-9]{6,7}(?![0-9])"), _always),
    (
        Personal.PLATE,
        re.compile(rf"[{_PROVINCES}]{_LETTER}[·• ]?(?=[A-Za-z]{{0,5}}[0-9])(?:[0-9]|{_LETTER}){{5,6}}(?![0-9A-Za-z])"),
        _always,
    ),
    (Personal.NAME, re.compile(r"(?:名字|姓名|我叫)(?:是|叫|为)?[:：]?[ ]?([一-鿿]{2,4})(?![一-鿿])"), _always),
    (Personal.NAME, re.compile(rf"(?:我叫|名字[是叫为]|姓名[是为:：])[ ]?([{_SURNAMES}][一-鿿]{{1,2}})"), _always),
)  # fmt: skip


def personal(text: str) -> list[Finding]:
    """Return what in a text says something of a person, in its order; no two overlap."""
    found: list[Finding] = []
    for kind, pattern, is_one in _LOOKS:
        for match in pattern.finditer(text):
            start, end = match.span(pattern.groups)
            if is_one(match) and not any(start < other.end and other.start < end for other in found):
                found.append(Finding(kind=kind, start=start, end=end, words=text[start:end]))
    return sorted(found, key=lambda finding: finding.start)
