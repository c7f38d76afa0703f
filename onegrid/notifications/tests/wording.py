"""Two kinds of notices for tests."""

from django.utils.translation import get_language

from onegrid.notifications.rules.kinds import Kind
from onegrid.notifications.states import Channel

LIMIT = Kind(
    code="tests.limit",
    label="Limits",
    title=lambda data: f"{data['number']}: {data['share']} % in {get_language()}",
    text=lambda data: f"The case {data['number']} has used {data['share']} % of its time.",
    several=lambda count: f"{count} cases near their limit",
)
RETURNED = Kind(
    code="tests.returned",
    label="Returned",
    title=lambda data: f"{data['number']} came back",
    text=lambda data: f"The case {data['number']} came back.",
    several=lambda count: f"{count} cases came back",
    channels=frozenset({Channel.SMS}),
)
