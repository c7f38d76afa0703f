"""The kinds of matter that may be reported, as GeoReport's services. All from memory."""

from collections.abc import Sequence
from datetime import date, datetime, time

import msgspec
from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from onegrid.catalogue.public import Catalogue, Category, CategoryEntry, catalogue, questions_of
from onegrid.core.errors import NotFoundError
from onegrid.core.names import in_language
from onegrid.open311.rules.attributes import Attribute, attribute

_FOUNDED = date(1970, 1, 1)


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of matter. `metadata` says whether it asks more than where and what."""

    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: str
    keywords: str
    group: str


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """What a service asks."""

    service_code: str
    attributes: Sequence[Attribute]


class UnknownServiceError(NotFoundError):
    """Nothing is offered under this code."""

    def __init__(self, code: str) -> None:
        super().__init__(_("There is no service with the service_code “%(code)s”.") % {"code": code[:100]})


def services(*, language: str) -> list[Service]:
    """Return everything that residents may report, in the order of the catalogue."""
    known = catalogue()
    return [_service(known, entry, language=language) for entry in known.leaves() if entry.public_may_report]


def offered(code: str) -> CategoryEntry:
    """
    Return the category behind a service.

    :raises UnknownServiceError: if nothing may be reported under that code.
    """
    entry = catalogue().by_code.get(code)
    if entry is None or not entry.is_leaf or not entry.public_may_report:
        raise UnknownServiceError(code)
    return entry


def definition(code: str, *, language: str) -> Definition:
    """
    Return what a service asks.

    :raises UnknownServiceError: if nothing may be reported under that code.
    """
    entry = offered(code)
    questions = questions_of(entry.form, language=language)
    attributes = [attribute(question, order=order) for order, question in enumerate(questions, start=1)]
    return Definition(service_code=entry.code, attributes=attributes)


def changed_at() -> datetime:
    """Return when the catalogue last changed: the day on which its newest version came into force. One statement."""
    last = Category.objects.aggregate(day=Max(Greatest("opens_on", "closes_on")))["day"]
    return make_aware(datetime.combine(last or _FOUNDED, time.min))


def _service(known: Catalogue, entry: CategoryEntry, *, language: str) -> Service:
    parent = known.by_code.get(entry.parent_code)
    return Service(
        service_code=entry.code,
        service_name=entry.named(language),
        description=in_language(language, entry.filing_condition, entry.filing_condition_en),
        metadata=bool(entry.form.get("properties")),
        type="realtime",
        keywords=", ".join(entry.keywords),
        group=parent.named(language) if parent else "",
    )
