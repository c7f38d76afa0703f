import pytest
from django.urls import reverse

from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case

ROLES = ["acceptor", "shift_lead", "dispatcher", "verifier", "handler", "head", "grid_worker", "leader", "auditor"]


@pytest.mark.parametrize("role", ROLES)
def test_pages(role, people, district, as_):
    cases = [make_case(district, status=s) for s in Status if s != Status.MERGED]
    client = as_(getattr(people, role))
    for url in ["/", "/?scope=all&ended=1", "/filters/", "/tasks/", "/?q=井盖"]:
        r = client.get(url)
        assert r.status_code in (200,), (url, r.status_code)
    for case in cases:
        r = client.get(reverse("workspace:case", args=[case.number]))
        if r.status_code == 404:
            continue
        assert r.status_code == 200
        page = r.context["page"]
        client.get(reverse("workspace:preview", args=[case.number]))
        client.get(reverse("workspace:print", args=[case.number]))
        print(role, case.status, [o.name + ("!" if o.blocked else "") for o in page.offers])
        for o in page.offers:
            if o.name == "split" or o.blocked:
                continue
            r = client.get(o.url)
            assert r.status_code == 200, (o.name, r.status_code)
