"""What WeChat's messages and events mean: from the fields it posts to what has arrived, and back to a reply."""

import math
from collections.abc import Mapping

from onegrid.channels.models import Door
from onegrid.channels.rules.arrivals import Arrived, ArrivedFile, Event
from onegrid.channels.rules.conversation import LONGEST_TEXT, Spot
from onegrid.channels.rules.keeping import hash_of
from onegrid.channels.rules.plain_xml import UnreadableMessageError, document_of

GCJ02 = "gcj02"  # the system of every map in China, and of WeChat's
LONGEST_ID = 200
TEXT, VOICE, LOCATION, LINK, EVENT = "text", "voice", "location", "link", "event"
CLICK = "CLICK"
_FILES = frozenset({"image", VOICE, "video", "shortvideo"})
_SAID = frozenset({TEXT, LOCATION, LINK, *_FILES})
_EVENTS = {"subscribe": Event.SUBSCRIBED, "unsubscribe": Event.UNSUBSCRIBED}


def arrived(fields: Mapping[str, str], *, body_hash: str, proof: str) -> Arrived:
    """
    Return what a message says.

    :raises UnreadableMessageError: if it lacks what every message has, or its place is none.
    """
    sender, kind, moment = (fields.get(name, "") for name in ("FromUserName", "MsgType", "CreateTime"))
    if not (sender and kind and moment) or max(map(len, (sender, moment, fields.get("MsgId", "")))) > LONGEST_ID:
        raise UnreadableMessageError
    # Events have no id: their sender and moment are one, as WeChat says.
    own = fields.get("MsgId") or f"{sender} {moment} {fields.get('Event', '')} {fields.get('EventKey', '')}"
    return Arrived(
        door=Door.WECHAT,
        address=sender,
        key=hash_of("wechat", own),
        body_hash=body_hash,
        proof=proof,
        text=_text(fields, kind),
        spot=_spot(fields) if kind == LOCATION else None,
        files=_files(fields) if kind in _FILES else (),
        event=_event(fields, kind),
    )


def reply_document(text: str, fields: Mapping[str, str], *, moment: int) -> str:
    """Return the text that answers a message, as WeChat wants it."""
    return document_of(
        {
            "ToUserName": fields["FromUserName"],
            "FromUserName": fields.get("ToUserName", ""),
            "CreateTime": str(moment),
            "MsgType": "text",
            "Content": text,
        }
    )


def _text(fields: Mapping[str, str], kind: str) -> str:
    """Return the words: what was written, what WeChat understood of a voice, or the key of a button."""
    if kind == EVENT:
        return fields.get("EventKey", "")[:LONGEST_ID].lower() if fields.get("Event") == CLICK else ""
    said = {TEXT: "Content", VOICE: "Recognition", LINK: "Url"}.get(kind, "")
    return fields.get(said, "").replace("\x00", "")[:LONGEST_TEXT]


def _event(fields: Mapping[str, str], kind: str) -> Event:
    if kind in _SAID or (kind == EVENT and fields.get("Event") == CLICK):
        return Event.NONE
    return _EVENTS.get(fields.get("Event", ""), Event.IGNORED)


def _spot(fields: Mapping[str, str]) -> Spot:
    try:
        lat, lon = float(fields["Location_X"]), float(fields["Location_Y"])
    except (KeyError, ValueError) as fault:
        raise UnreadableMessageError from fault
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise UnreadableMessageError
    address = fields.get("Label", "").replace("\x00", "").strip()[:200]
    return Spot(x=lon, y=lat, system=GCJ02, address=address)


def _files(fields: Mapping[str, str]) -> tuple[ArrivedFile, ...]:
    media_id = fields.get("MediaId", "")
    if not media_id or len(media_id) > LONGEST_ID:
        raise UnreadableMessageError
    return (ArrivedFile(media_id=media_id),)
