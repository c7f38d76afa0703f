"""
The conversation that becomes a report: what is known so far and what somebody says now give what to ask next.

It knows nothing of WeChat or e-mail. What must be looked up, kinds that fit a text and places by their name, is
handed in as functions, so that the same words always lead to the same answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec
from msgspec.structs import replace

LONGEST_TEXT = 5000  # characters, as a report may have
MOST_FILES = 6


class Ask(StrEnum):
    """What was asked last."""

    NOTHING = "nothing"
    TEXT = "text"
    CATEGORY = "category"
    PLACE = "place"
    CONFIRM = "confirm"


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place as somebody gave it; `accuracy_m` is how far off it can be, in meters."""

    x: float
    y: float
    system: str
    address: str = ""
    label: str = ""
    accuracy_m: float | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A report on its way: what was said so far. `is_settled` says that the kind was chosen or declined."""

    text: str = ""
    category: str = ""
    offered: tuple[str, ...] = ()
    is_settled: bool = False
    spot: Spot | None = None
    files: int = 0
    asked: Ask = Ask.NOTHING


class Code(StrEnum):
    """Which answer somebody gets."""

    WELCOME = "welcome"
    HELP = "help"
    CANCELLED = "cancelled"
    ASK_TEXT = "ask_text"
    ASK_CATEGORY = "ask_category"
    ASK_PLACE = "ask_place"
    PLACE_UNKNOWN = "place_unknown"
    CONFIRM = "confirm"
    TOO_LONG = "too_long"
    TOO_MANY_FILES = "too_many_files"
    TOO_MANY_REPORTS = "too_many_reports"
    STATUS = "status"
    ASK_NUMBER = "ask_number"
    LANGUAGE = "language"
    FILED = "filed"
    REFUSED = "refused"
    ADDED = "added"
    ANSWERED = "answered"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """
    An answer before it is put into words, so that a repeated question gets it again.

    `is_danger` says that what was reported, of which the answer keeps nothing, spoke of danger.
    """

    code: Code
    draft: Draft = Draft()
    number: str = ""
    report_id: str = ""
    reason: str = ""
    is_danger: bool = False


class Command(StrEnum):
    """What a few words or a button of the menu mean wherever the conversation stands."""

    HELP = "help"
    REPORT = "report"
    STATUS = "status"
    CANCEL = "cancel"


_WORDS = {
    "帮助": Command.HELP, "幫助": Command.HELP, "help": Command.HELP, "?": Command.HELP, "？": Command.HELP,
    "上报": Command.REPORT, "上報": Command.REPORT, "report": Command.REPORT,
    "查询": Command.STATUS, "查詢": Command.STATUS, "状态": Command.STATUS, "狀態": Command.STATUS,
    "status": Command.STATUS, "取消": Command.CANCEL, "cancel": Command.CANCEL,
}  # fmt: skip
LANGUAGES = {"english": "en", "简体": "zh-hans", "簡體": "zh-hans", "繁體": "zh-hant", "繁体": "zh-hant"}
_GAP = re.compile(r"[\s:：,，]+")
_YES = {"1", "是", "好", "确认", "確認", "对", "對", "yes", "y", "ok"}


@dataclass(frozen=True, kw_only=True)
class World:
    """What is looked up: kinds that fit a text, best first, and the place that a text names."""

    kinds: Callable[[str], Sequence[str]]
    place: Callable[[str], Spot | None]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What comes of a message: the draft as it is now, the answer, and whether the report is to be filed."""

    draft: Draft
    reply: Reply
    is_confirmed: bool = False


def command_of(text: str) -> Command | None:
    """Return the command that a text is, or the key of a button."""
    return _WORDS.get(text.strip().lower())


def is_more(text: str) -> bool:
    """Tell whether a text says something, rather than being a command, or the wish for another language."""
    return command_of(text) is None and text.strip().lower() not in LANGUAGES


def addressed(text: str) -> tuple[str, str]:
    """Return the first word of a text, which may be a number, and what follows it."""
    first, rest = (*_GAP.split(text.strip(), maxsplit=1), "")[:2]
    return first, rest.strip()


def obey(command: Command, draft: Draft) -> Step:
    """Do what a command says; only to start or to cancel forgets what was said."""
    if command is Command.CANCEL:
        return Step(draft=Draft(), reply=Reply(code=Code.CANCELLED))
    if command is Command.REPORT:
        return Step(draft=Draft(asked=Ask.TEXT), reply=Reply(code=Code.ASK_TEXT))
    return Step(draft=draft, reply=Reply(code=Code.HELP if command is Command.HELP else Code.ASK_NUMBER))


def hear_spot(draft: Draft, spot: Spot) -> Step:
    """Take a place that somebody has sent."""
    return _next(replace(draft, spot=spot))


def hear_file(draft: Draft) -> Step:
    """Take a photo, a voice or a film; it is looked into when it is fetched."""
    if draft.files >= MOST_FILES:
        return Step(draft=draft, reply=Reply(code=Code.TOO_MANY_FILES, draft=draft))
    return _next(replace(draft, files=draft.files + 1))


def hear_text(draft: Draft, text: str, world: World) -> Step:
    """Take what somebody writes: an answer to what was asked, or more of what is wrong."""
    said = text.strip()
    if not said:
        return _next(draft)
    if draft.asked is Ask.CONFIRM and said.lower() in _YES:
        return Step(draft=draft, reply=Reply(code=Code.FILED, draft=draft), is_confirmed=True)
    if draft.asked is Ask.CATEGORY and said.isdecimal() and int(said) <= len(draft.offered):
        chosen = draft.offered[int(said) - 1] if int(said) else ""
        return _next(replace(draft, category=chosen, is_settled=True))
    if draft.asked is Ask.PLACE:
        spot = world.place(said)
        return _next(replace(draft, spot=spot)) if spot else _lost(draft)
    return _more(draft, said, world)


def _more(draft: Draft, said: str, world: World) -> Step:
    text = f"{draft.text}\n{said}".strip()
    if len(text) > LONGEST_TEXT:
        return Step(draft=draft, reply=Reply(code=Code.TOO_LONG, draft=draft))
    offered = () if draft.is_settled else tuple(world.kinds(text))
    return _next(replace(draft, text=text, offered=offered, spot=draft.spot or world.place(said)))


def _lost(draft: Draft) -> Step:
    return Step(draft=draft, reply=Reply(code=Code.PLACE_UNKNOWN, draft=draft))


def _next(draft: Draft) -> Step:
    """Ask for the first thing that is missing; when nothing is, whether it is right so."""
    if not draft.text:
        ask, code = Ask.TEXT, Code.ASK_TEXT
    elif draft.offered and not draft.is_settled:
        ask, code = Ask.CATEGORY, Code.ASK_CATEGORY
    elif draft.spot is None:
        ask, code = Ask.PLACE, Code.ASK_PLACE
    else:
        ask, code = Ask.CONFIRM, Code.CONFIRM
    asked = replace(draft, asked=ask)
    return Step(draft=asked, reply=Reply(code=code, draft=asked))
