"""The files of a case: list them, add one, open one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import File, Form, Router
from ninja.files import UploadedFile

from onegrid.accounts.public import acting
from onegrid.cases.actions.add_evidence import add_evidence
from onegrid.cases.api.schemas import EvidenceIn, EvidenceListOut, EvidenceOut
from onegrid.cases.models import Evidence, EvidenceKind, EvidencePurpose
from onegrid.cases.readers.evidence import original
from onegrid.cases.readers.file import case_id_of, evidence_of, visible_case
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, REPORT, scoped
from onegrid.core.errors import NotFoundError
from onegrid.core.media.formats import FORMATS
from onegrid.core.media.upload import inspect_upload
from onegrid.core.serving import serve

router = Router(tags=["evidence"])
files = Router(tags=["evidence"])


@router.get("/{case}/evidence", response=EvidenceListOut, operation_id="evidence")
@scoped(READ)
def evidence(request: HttpRequest, case: str) -> EvidenceListOut:
    """List the files of a case, oldest first."""
    rows = evidence_of(visible_case(case, by=acting(request)))
    return EvidenceListOut(evidence=[_evidence(request, row) for row in rows])


@router.post("/{case}/evidence", response={201: EvidenceOut}, operation_id="add_evidence")
@scoped(REPORT)
def new_evidence(
    request: HttpRequest, case: str, payload: Form[EvidenceIn], *, file: File[UploadedFile]
) -> HttpResponse:
    """Add a file to a case. What it is, its own bytes say; the same file twice is kept once."""
    by = acting(request)
    row = add_evidence(
        case_id=case_id_of(case, by=by),
        evidence_id=payload.id,
        purpose=payload.purpose,
        upload=inspect_upload(file),
        is_public=payload.is_public,
        by=by,
        at=now(),
    )
    return dumped(_evidence(request, row), status=201)


@files.get(
    "/{uuid:file}",
    response={200: None},
    operation_id="evidence_file",
    openapi_extra={"responses": {200: {"content": {kind: {"schema": {"type": "string"}} for kind in FORMATS}}}},
)
@scoped(READ)
def evidence_file(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """Open a file as it was sent."""
    served = original(file, user=acting(request))
    if served is None:
        raise NotFoundError(_("There is no such file, or it is not yours to see."))
    return serve(request, served)


def _evidence(request: HttpRequest, row: Evidence) -> EvidenceOut:
    root = request.path.partition("/cases/")[0]
    return EvidenceOut(
        id=row.pk,
        kind=EvidenceKind(row.kind),
        purpose=EvidencePurpose(row.purpose),
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        name=row.name,
        taken_at=row.taken_at,
        by=row.by_name,
        unit=row.unit_name,
        added_at=row.added_at,
        is_public=row.is_public,
        address=f"{root}/evidence/{row.pk}",
    )
