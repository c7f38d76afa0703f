"""What the tests of the doors share: the small district, an official account, WeChat's own server."""

import pytest
from django.core.cache import cache

from onegrid.cases.tests.conftest import district, people
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.channels.tests.wechat import APP_ID, SECRET, TOKEN, Wechat, WechatServer
from onegrid.core.snapshots import bump

__all__ = ["district", "people"]


@pytest.fixture
def account(district, settings):
    """Set up an official account that does not seal its messages, in a district whose lamps may be reported."""
    settings.WECHAT_TOKEN, settings.WECHAT_APP_ID, settings.WECHAT_SECRET = TOKEN, APP_ID, SECRET
    settings.WECHAT_AES_KEY = ""
    settings.SITE_URL = "https://grid.example.org"
    Category.objects.filter(code__in=["roads.lamp", "roads.manhole"]).update(public_may_report=True)
    bump(SNAPSHOT)
    cache.clear()


@pytest.fixture
def wechat(account, client):
    """A person on WeChat."""
    return Wechat(client)


@pytest.fixture
def server(account, settings):
    """WeChat's interface on this machine."""
    with WechatServer() as running:
        settings.WECHAT_API_URL = running.origin
        yield running
