"""How the tests report something, as a browser does."""

import re

from django.core.cache import cache
from django.urls import reverse

from onegrid.cases.tests.factories import make_district
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.portal.tests.asking import QUESTIONS

HERE = {"lon": "120.605", "lat": "27.905", "system": "wgs84"}


def make_reportable():
    """Return the small district, with one category that asks more and one that does not."""
    built = make_district()
    Category.objects.filter(code="roads.manhole").update(form=QUESTIONS, public_may_report=True)
    Category.objects.filter(code="roads.lamp").update(public_may_report=True)
    bump(SNAPSHOT)
    cache.clear()
    return built


def form_of(client, **asked):
    """Return what a freshly opened form carries."""
    page = client.get(reverse("portal:report"), asked).content.decode()
    return {"state": re.search(r'name="state" value="([^"]+)"', page)[1], "who": "anonymous"}


def send(client, **said):
    said = {"text": "路灯不亮，三天了", **HERE, **said}
    return client.post(reverse("portal:report"), {**form_of(client), **said})


def page_of(response):
    return response.content.decode()


def secret_of(client, response):
    return re.search(r"/t/([\w-]+)/", page_of(client.get(response.url)))[1]
