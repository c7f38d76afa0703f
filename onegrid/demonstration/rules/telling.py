"""
How simulated people put it: residents in their own words, grid workers and desks in theirs, a few in English.

A report is a pattern with slots, filled with one way to say the matter
(`Phrases`, from the pack), a place, since when, what follows from it and what is
asked for. Every sentence is made up; none names a person.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onegrid.cases.public import Channel
from onegrid.demonstration.rules import assumptions

TITLE_LENGTH = 120
_SHORT = 14  # a matter said in so few characters may stand alone as a title


@dataclass(frozen=True, kw_only=True, eq=False)
class Phrases:
    """What a pack says for its simulated year: streets, spots, and the ways to say each matter."""

    streets: Sequence[str]
    spots: Sequence[str]
    matters: Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A report in words."""

    title: str
    text: str


RESIDENTS = (
    "{where}{what}，{since}，{effect}。{ask}",
    "{what}，就在{where}，{since}。{effect}，{ask}",
    "你好，{where}{what}。{since}，{ask}",
    "{where}，{what}。{effect}。",
    "反映一下：{where}{what}，{since}。",
    "{since}，{where}{what}。{effect}，{ask}",
    "{ask}{where}{what}，{effect}。",
    "{what}！{where}，{since}，{effect}！",
    "请问{where}{what}归谁管？{since}。{ask}",
    "路过{where}，看到{what}，{effect}。",
    "我住在{where}，{what}，{since}，{effect}。",
    "{where}{what}",
    "{what}，地址：{where}",
    "{what}。位置在{where}，{ask}",
    "上次反映过，现在{where}又是{what}，{effect}。",
    "{where}那边{what}，邻居们也都在说，{ask}",
    "今天{where}{what}，拍了照片，{ask}",
    "{what}{since}了没人管，{where}。{effect}",
    "麻烦看一下{where}，{what}，{since}。{effect}，谢谢！",
    "{where}{what}，{effect}，已经说过好几次了，{ask}",
    "孩子每天从{where}走，{what}，{effect}。{ask}",
    "老人家里来电话说{where}{what}，{since}，{ask}",
    "{what}。{where}。{since}。",
    "这个事情{since}了：{where}{what}。{ask}",
)
WORKERS = (
    "巡查至{where}，发现{what}，{since}。已拍照，建议尽快处置。",
    "{where}{what}，{effect}。现场已提醒，需部门处理。",
    "日常走访发现{where}{what}，{since}，已告知当事人。",
    "网格巡查：{where}{what}。",
    "{where}，{what}，群众反映{since}，核实属实。",
    "今日巡查{where}，{what}，{effect}，请派单。",
    "发现{what}，地点{where}，已设置临时提示。",
    "居民向网格员反映{where}{what}，{since}。",
    "复查{where}时发现{what}，{effect}。",
    "{where}{what}，已劝导，效果不明显，上报。",
)
PHONES = (
    "来电人反映{where}{what}，{since}，{effect}。要求{want}。",
    "市民来电：{where}{what}，{since}。希望{want}。",
    "来电称{what}，地点在{where}，{effect}，请核实。",
    "群众来电反映，{where}{what}，此前已反映过，要求{want}。",
    "来电人表示{where}{what}，{since}，{effect}，来电人不愿留名。",
    "热线转：{where}{what}，{since}，请相关单位{want}并答复。",
    "匿名来电反映{where}{what}，请派人查看。",
    "来电人住{where}，称{what}，{effect}，希望{want}。",
)
DESKS = (
    "领导批示件：{where}{what}，请核实处理。",
    "部门移交：{where}{what}，{since}。",
    "视频巡查发现{where}{what}，{effect}。",
    "媒体反映{where}{what}，请调查并{want}。",
    "夜间值守记录：{where}{what}，{since}。",
    "社区来函：{where}{what}，{effect}，请协调{want}。",
)
ENGLISH = (
    "{what} near {where}. It has been like this for days, please have a look.",
    "Hello, I want to report: {what}, at {where}. Thank you.",
    "{what} at {where}. This is dangerous for children.",
    "I am a foreign student. There is a problem near {where}: {what}. Who can help?",
    "{what} - {where} - since last week, nobody came.",
    "Could somebody please check {where}? {what}.",
)
# Ways that only one kind of matter is spoken of.
OF_GROUP: Mapping[str, Sequence[str]] = {
    "daily": ("{where}{what}，影响出行和市容，{ask}", "{where}{what}，环卫也来过，还是老样子。"),
    "fire": ("{where}{what}，万一着火跑都跑不掉，{ask}", "消防隐患！{where}{what}，{since}。"),
    "safety": ("{where}{what}，出了事谁负责，{ask}", "安全隐患举报：{where}{what}，{effect}。"),
    "housing": ("{where}有出租房，{what}，{effect}。", "租房的事：{where}{what}，{since}，{ask}"),
    "disputes": ("{where}{what}，想请社区来调解一下。", "{what}，谈了几次没谈拢，{where}，{ask}"),
    "season": ("紧急：{where}{what}，{effect}！", "{where}{what}，天气这样子怎么办，{ask}"),
}
SINCE = (
    "昨天傍晚发现的", "已经三天了", "上周就有了", "今天早上看到的", "断断续续半个月了", "有一个多月了", "从昨晚开始",
    "好几天了", "刚刚发生", "两三天了", "国庆前就这样", "下雨以后就这样", "一直没人处理", "中午才发现",
    "快一年了", "前天开始的",
)  # fmt: skip
EFFECTS = (
    "老人和孩子经过不安全", "影响周围居民", "邻居们意见很大", "下雨天更明显", "看着很危险", "晚上根本没法休息",
    "差点出事", "来来往往的人很多", "味道很大", "影响做生意", "进出都不方便", "已经有人摔倒",
    "怕出大事", "小孩上学要从这里过",
)  # fmt: skip
ASKS = (
    "希望有人来看一下", "请尽快处理", "麻烦派人来", "请有关部门管一管", "能不能快点", "谢谢", "请给个答复", "拜托了",
    "什么时候能修好？", "希望重视", "求处理", "有没有人管啊", "再不处理我要打热线了", "请核实", "盼回复", "辛苦了",
)  # fmt: skip
WANTS = ("尽快处理", "上门查看", "给予答复", "现场核实", "落实责任单位", "依法处理", "协调解决", "限期整改")
# What fingers and ears make of it.
SLIPS = (
    ("的", "得"), ("在", "再"), ("已经", "以经"), ("没人", "没任"), ("坏了", "坏乐"), ("处理", "处里"),
    ("积水", "集水"), ("路灯", "路登"), ("邻居", "领居"), ("垃圾", "拉圾"), ("危险", "危机"), ("反映", "反应"),
    ("小区", "小曲"), ("楼道", "楼到"),
)  # fmt: skip


def reported(
    code: str, names: tuple[str, str], phrases: Phrases, *, channel: Channel, where: str, draw: random.Random
) -> Told:
    """Return what is said of a matter at a place, in the words of who reports it; `names` are Chinese and English."""
    if channel == Channel.PORTAL and draw.random() < assumptions.IN_ENGLISH:
        text = draw.choice(ENGLISH).format(what=names[1], where=where)
        return Told(title=names[1], text=text)
    what = draw.choice(phrases.matters.get(code) or (names[0],))
    text = draw.choice(_patterns(channel, code.partition(".")[0])).format(
        what=what, where=where, since=draw.choice(SINCE), effect=draw.choice(EFFECTS), ask=draw.choice(ASKS),
        want=draw.choice(WANTS),
    )  # fmt: skip
    if channel == Channel.PORTAL and draw.random() < assumptions.MISSPELLED:
        text = misspelled(text, draw)
    title = what if len(what) > _SHORT or draw.random() < 0.5 else f"{where}{what}"  # noqa: PLR2004 — as often as not
    return Told(title=title[:TITLE_LENGTH], text=text)


@cache
def _patterns(channel: Channel, group: str) -> Sequence[str]:
    own = {Channel.GRID_WORKER: WORKERS, Channel.PHONE: PHONES, Channel.DESK: DESKS}.get(channel, RESIDENTS)
    return (*own, *OF_GROUP.get(group, ())) if channel in {Channel.PORTAL, Channel.PHONE} else own


def misspelled(text: str, draw: random.Random) -> str:
    """Return a text as somebody in a hurry types it: a wrong character, or no full stop."""
    right, wrong = draw.choice(SLIPS)
    return text.replace(right, wrong, 1) if right in text else text.rstrip("。！")


def place(phrases: Phrases, draw: random.Random) -> str:
    """Return an invented street with a number, or a spot that people name."""
    street, number = draw.choice(phrases.streets), draw.randint(1, 288)
    chance = draw.random()
    if chance < 0.4:  # noqa: PLR2004 — two in five give the number alone
        return f"{street}{number}号"
    if chance < 0.7:  # noqa: PLR2004 — the others a spot or a lane
        return f"{street}{draw.choice(phrases.spots)}"
    return f"{street}{number}弄{draw.randint(1, 18)}幢"
