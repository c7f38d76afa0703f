"""What a report is asked before it goes out: does it say more of a person than its writer wants?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onegrid.portal.rules.personal import Personal, personal

WORDS: dict[Personal, Promise] = {
    Personal.IDENTITY: gettext_lazy("an identity number: %s"),
    Personal.MOBILE: gettext_lazy("a mobile number: %s"),
    Personal.LANDLINE: gettext_lazy("a phone number: %s"),
    Personal.PLATE: gettext_lazy("a number plate: %s"),
    Personal.NAME: gettext_lazy("a name: %s"),
}


def hints(*texts: str) -> list[str]:
    """Return in words what some texts say of a person."""
    return [str(WORDS[found.kind]) % found.words for text in texts for found in personal(text)]
