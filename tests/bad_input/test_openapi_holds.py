"""
Schemathesis asks every documented operation what nobody would ask, and holds the answers to the OpenAPI.

The same questions every time; with ONEGRID_TEST_EXAMPLES more of them, such as 500 for an hour of asking.
"""

import io
import json
import os
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks as documented

from onegrid.cases.public import EvidencePurpose, add_evidence
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
def known(district, everyone):
    """What there is, by the names that addresses have for it: without, every question ends in a 404."""
    case = make_case(district)
    upload = inspect_upload(io.BytesIO(samples.PDF))
    row = add_evidence(case_id=case.pk, purpose=EvidencePurpose.BEFORE, upload=upload, by=everyone, at=MORNING)
    return {"case": case.number, "number": case.number, "file": str(row.pk)}


def put_at_a_known_place(case, known):
    """Ask about what there is, unless the address itself is what is wrong."""
    part = case.meta.components.get(ParameterLocation.PATH)
    if part and part.mode.is_positive:
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}


@schema.parametrize()
@settings(
    deadline=None, database=None, derandomize=True, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck)
)
def test_an_operation_answers_as_it_is_documented(case, app, known):
    put_at_a_known_place(case, known)

    case.call_and_validate(app=app, checks=HELD)
