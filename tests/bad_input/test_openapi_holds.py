"""
Schemathesis asks every documented operation what nobody would ask, and holds the answers to the OpenAPI.

The same questions every time; with ONEGRID_TEST_EXAMPLES more of them, such as 500 for an hour of asking.
"""

import json
import os
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks as documented

from onegrid.cases.models import SupportTask
from onegrid.cases.public import EvidencePurpose, add_evidence, link_hash
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

OPENAPI = json.loads((Path(__file__).parents[2] / "docs/reference/openapi.json").read_text(encoding="utf8"))
EXAMPLES = int(os.environ.get("ONEGRID_TEST_EXAMPLES") or 12)
HELD = [
    checks.not_a_server_error,
    documented.status_code_conformance,
    documented.content_type_conformance,
    documented.response_headers_conformance,
    documented.response_schema_conformance,
    documented.negative_data_rejection,
]
REFUSALS = ["400", "404", "409", "411", "413", "415", "422", "428"]
CONFIG = {
    "seed": 20261124,
    "generation": {"deterministic": True, "with-security-parameters": False, "max-examples": EXAMPLES},
    "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}},
}
schema = schemathesis.openapi.from_dict(OPENAPI, config=SchemathesisConfig.from_dict(CONFIG))
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def app(program):
    """The API as a WSGI application, behind the test client with its query budget."""

    def application(environ, start_response):
        response = program.request(**environ)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.getvalue()]

    return application


@pytest.fixture
def known(district, everyone, people, tmp_path):
    """What there is, by the names that addresses have for it: without, every question ends in a 404."""
    case = make_case(district)
    upload = inspect_upload(samples.picture_file() if hasattr(samples, "picture_file") else __import__("io").BytesIO(samples.PDF))
    row = add_evidence(case_id=case.pk, purpose=EvidencePurpose.BEFORE, upload=upload, by=everyone, at=MORNING)
    return {"case": case.number, "number": case.number, "file": str(row.pk), "secret": "s" * 32}


@schema.parametrize()
@settings(deadline=None, database=None, derandomize=True, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_an_operation_answers_as_it_is_documented(case, app, known):
    if case.meta.components and not any(str(k) == "path" for k in ()):
        for name in case.path_parameters or {}:
            if name in known:
                case.path_parameters[name] = known[name]
    case.call_and_validate(app=app, checks=HELD)
