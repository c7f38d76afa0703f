"""How readers are told that tips of their channel go soon. The message leaves the site, so it says nothing of a tip."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from onegrid.core.names import in_readers_language
from onegrid.notifications.public import Kind


def _title(data: Mapping[str, Any]) -> str:
    return gettext("Tips will be deleted on %(day)s") % {"day": data["day"]}


def _text(data: Mapping[str, Any]) -> str:
    name = in_readers_language(data["channel"], data["channel_en"])
    words = gettext(
        "Channel “%(channel)s”, tips that go: %(count)d. Who still needs one keeps it longer, with a reason."
    )
    return words % {"channel": name, "count": data["count"]}


KIND = Kind(
    code="tips.deletion",
    label=gettext_lazy("Tips that will be deleted"),
    title=_title,
    text=_text,
    several=lambda count: ngettext("%d warning of deletion", "%d warnings of deletion", count) % count,
)
