"""The icon that browsers ask for on their own."""

import pytest
from django.contrib.staticfiles import finders


@pytest.mark.django_db
def test_leads_strangers_to_the_drawn_icon(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert response.url.endswith("core/icon.svg")
    assert finders.find("core/icon.svg")
