"""Play one story: report the case and make its moves, each by somebody whose duty it is, at its moment."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime

from onegrid.accounts.public import Role, User
from onegrid.cases.public import (
    Case,
    Channel,
    EvidenceKind,
    EvidencePurpose,
    Outcome,
    Stage,
    Status,
    Visibility,
    accept_case,
    add_evidence,
    add_note,
    answer_check,
    ask_check,
    ask_suspension,
    attach_report_file,
    close_case,
    decide_time,
    file_case,
    finish_task,
    merge_case,
    rate_case,
    refuse_case,
    report_back,
    return_case,
    solve_on_the_spot,
    take_case,
    verify_case,
)
from onegrid.core.media.upload import Upload, inspect_upload
from onegrid.demonstration.actions.cast import Cast, Play, begin
from onegrid.demonstration.rules import words
from onegrid.demonstration.rules.journeys import Aside
from onegrid.demonstration.rules.pictures import Scene, photo, scene_of
from onegrid.demonstration.rules.stories import Story
from onegrid.dispatch.public import ReportedCase, Support, dispatch_case, open_dispute, report_case, route
from onegrid.geography.public import Area

PICTURES = 8
JITTER = 0.0004  # degrees around a grid's label point


def play_story(story: Story, *, case_id: UUID, grid: Area, cast: Cast, now: datetime) -> None:
    """Play one story so that it stands where it should at this moment."""
    play = begin(story, case_id=case_id, grid=grid, cast=cast, now=now)
    _report(play)
    if story.is_solved_on_the_spot:
        _solve_on_the_spot(play)
        return
    for status, step in _STEPS:
        if not step(play) or status == story.target:
            return


def _report(play: Play) -> None:
    story, draw = play.story, play.draw
    worker = next(iter(play.cast.by_grid.get(play.grid.code, [])), None)
    by = {
        Channel.GRID_WORKER: worker,
        Channel.PHONE: play.centre(Role.ACCEPTOR),
        Channel.DESK: play.centre(Role.SHIFT_LEAD),
    }.get(story.channel)
    title, text = words.reported(story.category.code, story.category.name, draw)
    report = ReportedCase(
        id=play.case_id,
        title=title,
        text=text,
        x=play.grid.label_at.lon + (story.spot[0] - 0.5) * JITTER,
        y=play.grid.label_at.lat + (story.spot[1] - 0.5) * JITTER,
        category_code=story.category.code if by or story.category.public_may_report else "",
        address=words.address(draw),
        is_simulated=True,
    )
    reported = report_case(report=report, channel=story.channel if by else Channel.PORTAL, by=by, at=play.clock)
    play.secret = reported.link_secret
    if story.has_photo:
        upload = pictured(story.number, scene_of(story.category.code), is_after=False)
        if by:
            add_evidence(
                case_id=play.case_id,
                purpose=EvidencePurpose.BEFORE,
                upload=upload,
                by=by,
                at=play.clock,
                is_public=True,
            )
        else:
            attach_report_file(case_id=play.case_id, upload=upload, at=play.clock)


def _solve_on_the_spot(play: Play) -> None:
    by = next(iter(play.cast.by_grid.get(play.grid.code, [])), None)
    if by is None:
        return
    _prove(play, by)
    code = play.story.category.code
    solve_on_the_spot(category_code=code, result=play.draw.choice(words.DONE), by=by, **play.stamp())


def _accept(play: Play) -> bool:
    story = play.story
    play.pass_stage(Stage.ACCEPT)
    acceptor = play.centre(Role.ACCEPTOR)
    if story.target == Status.REFUSED:
        note = play.draw.choice(words.REFUSED[Outcome.NOT_OURS])
        refuse_case(outcome=Outcome.NOT_OURS, note=note, by=acceptor, **play.stamp())
        return False
    if story.target == Status.MERGED and (other := _neighbour(play)) is not None:
        merge_case(into=other, by=acceptor, note="同一地点、同一件事。", **play.stamp())
        return False
    accept_case(by=acceptor, **play.stamp())
    if story.target == Status.CHECKING or play.draw.random() < _CHECKED:
        ask_check(question="请到现场看一下是否属实。", by=acceptor, **play.stamp())
    return story.target != Status.CHECKING


_CHECKED = 0.3


def _neighbour(play: Play) -> UUID | None:
    """Return another open simulated case of the township, the same matter if there is one."""
    cases = Case.objects.open().filter(is_simulated=True, area_path__startswith=play.grid.path.rsplit("/", 2)[0])
    same = Q(category_id=play.story.category.id)
    found = cases.exclude(pk=play.case_id).filter(same).first() or cases.exclude(pk=play.case_id).first()
    return found.pk if found else None


def _file(play: Play) -> bool:
    worker = next(iter(play.cast.by_grid.get(play.grid.code, [])), None)
    if Case.objects.filter(pk=play.case_id, status=Status.CHECKING).exists():
        if worker is None:
            return False
        answer_check(is_true=True, finding=play.draw.choice(words.FOUND), by=worker, **play.stamp())
    play.pass_stage(Stage.FILE)
    file_case(category_code=play.story.category.code, by=play.centre(Role.SHIFT_LEAD), **play.stamp())
    return True


def _dispatch(play: Play) -> bool:
    play.pass_stage(Stage.DISPATCH)
    case = Case.objects.get(pk=play.case_id)
    went_to = route(category=play.story.category, area_path=case.area_path, level=case.level, at=play.clock)
    if went_to.lead is None:
        return False
    support = [
        Support(unit_code=unit.code, what="配合现场处置") for unit in went_to.support[:1] if play.story.is_supported
    ]
    by = play.centre(Role.DISPATCHER)
    dispatch_case(lead_code=went_to.lead.code, support=support, by=by, **play.stamp())
    play.lead_id = went_to.lead.id
    roles = (Role.HANDLER, Role.UNIT_HEAD, Role.GRID_WORKER)
    play.handler = next((user for role in roles if (user := play.cast.of_unit(role, play.lead_id))), None)
    if play.story.is_returned_first and play.handler and play.story.target != Status.DISPATCHED:
        play.clock += timedelta(minutes=40)
        reason = play.draw.choice(words.RETURNED)
        return_case(reason=reason, code=words.RETURNS[reason], by=play.handler, **play.stamp())
        play.clock += timedelta(minutes=20)
        dispatch_case(lead_code=went_to.lead.code, note="核对职责清单，仍由贵单位主办。", by=by, **play.stamp())
    if play.story.target == Status.DISPUTED and play.handler:
        reason = play.draw.choice(list(words.DISPUTED))
        said = play.draw.choice(words.DISPUTED[reason])
        open_dispute(reason=reason, words=said, by=play.handler, **play.stamp())
        return False
    return play.handler is not None


def _take(play: Play) -> bool:
    handler = play.lead_handler()
    play.spend(Stage.HANDLE, _TAKEN_AFTER)
    take_case(by=handler, **play.stamp())
    if play.draw.random() < _NOTED:
        text = play.draw.choice(words.NOTES)
        add_note(case_id=play.case_id, text=text, visibility=Visibility.INTERNAL, by=handler, at=play.clock)
    if play.story.target == Status.SUSPENDED:
        _suspend(play, handler)
    return play.story.target != Status.SUSPENDED


def _suspend(play: Play, handler: User) -> None:
    """Let the unit ask that the clock stands still, with a paper that shows why, and the district grant it."""
    play.spend(Stage.HANDLE, _ASKED_AFTER)
    ground = _file_of(play, "other:document", play.story.number)
    proof = add_evidence(case_id=play.case_id, purpose=EvidencePurpose.OTHER, upload=ground, by=handler, at=play.clock)
    began = localtime(play.clock).replace(hour=0, minute=0, second=0, microsecond=0)
    reason = play.draw.choice(words.ASKED_FOR_TIME[Aside.ASK_SUSPENSION])
    ask_suspension(
        until=began + timedelta(days=_SUSPENDED_DAYS), reason=reason, proof=[proof.pk], by=handler, **play.stamp()
    )
    play.spend(Stage.HANDLE, _DECIDED_AFTER)
    note = play.draw.choice(words.SUSPENDED)
    decide_time(is_granted=True, note=note, by=play.district(Role.SHIFT_LEAD), **play.stamp())


_SUSPENDED_DAYS, _ASKED_AFTER, _DECIDED_AFTER = 60, 0.3, 0.5


_NOTED, _TAKEN_AFTER = 0.35, 0.01


def _report_back(play: Play) -> bool:
    handler = play.lead_handler()
    play.pass_stage(Stage.HANDLE)
    _finish_tasks(play)
    _prove(play, handler)
    play.version = report_back(result=play.draw.choice(words.DONE), by=handler, **play.stamp()).version
    return True


def _finish_tasks(play: Play) -> None:
    for task in Case.objects.get(pk=play.case_id).tasks.filter(done_at__isnull=True):
        roles = (Role.HANDLER, Role.UNIT_HEAD, Role.GRID_WORKER)
        by = next((user for role in roles if (user := play.cast.of_unit(role, task.unit_id))), None)
        if by:
            finish_task(task_id=task.pk, result="已配合完成。", by=by, at=play.clock)


def _prove(play: Play, by: User) -> None:
    """Add what the category demands as proof, and a photo of the result."""
    case = Case.objects.get(pk=play.case_id)
    demanded = {*play.story.category.proof, "after:photo"}
    present = {f"{purpose}:{kind}" for purpose, kind in case.evidence.values_list("purpose", "kind")}
    for proof in sorted(demanded - present):
        purpose, kind = proof.split(":")
        upload = _file_of(play, proof, play.story.number)
        add_evidence(
            case_id=play.case_id, purpose=EvidencePurpose(purpose), upload=upload, by=by, at=play.clock,
            is_public=True if kind == EvidenceKind.PHOTO else None,
        )  # fmt: skip


def _file_of(play: Play, proof: str, number: int) -> Upload:
    purpose, kind = proof.split(":")
    if kind == EvidenceKind.PHOTO:
        return pictured(number, scene_of(play.story.category.code), is_after=purpose != "before")
    said = f"模拟文书：{play.story.category.name}，第 {number} 号。".encode()
    return inspect_upload(io.BytesIO(said), name="record.txt")


def pictured(number: int, scene: Scene, *, is_after: bool) -> Upload:
    """Return the photo of a story; a few dozen different ones are enough, and reading one takes a process."""
    return _pictured(number % PICTURES, scene, is_after)


@cache
def _pictured(number: int, scene: Scene, is_after: bool) -> Upload:  # noqa: FBT001 — a cache's key
    return inspect_upload(io.BytesIO(photo(number, scene, is_after=is_after)), name="photo.jpg")


def _verify(play: Play) -> bool:
    story, verifier = play.story, play.centre(Role.VERIFIER)
    if Case.objects.filter(pk=play.case_id, status=Status.VERIFIED).exists():  # nobody was drawn to look
        return True
    play.pass_stage(Stage.VERIFY)
    if story.is_reworked and play.handler:
        verify_case(is_done=False, finding=play.draw.choice(words.REWORK), by=verifier, **play.stamp())
        play.clock += timedelta(minutes=30)
        take_case(by=play.handler, **play.stamp())
        _prove_again(play, play.handler)
        report_back(result=play.draw.choice(words.DONE), by=play.handler, **play.stamp())
        play.clock += timedelta(minutes=30)
    verify_case(is_done=True, finding=play.draw.choice(words.VERIFIED), by=verifier, **play.stamp())
    return True


def _prove_again(play: Play, by: User) -> None:
    """Prove the rework with fresh files: those of the first round do not count."""
    play.clock += timedelta(minutes=30)
    for proof in sorted({*play.story.category.proof} - {"before:photo"}):
        purpose = proof.partition(":")[0]
        upload = _file_of(play, proof, play.story.number + 1)
        add_evidence(case_id=play.case_id, purpose=EvidencePurpose(purpose), upload=upload, by=by, at=play.clock)


def _close(play: Play) -> bool:
    play.pass_stage(Stage.CLOSE)
    outcome = play.story.outcome
    note = play.draw.choice(words.CLOSED[outcome])
    close_case(outcome=outcome, note=note, by=play.centre(Role.SHIFT_LEAD), **play.stamp())
    if play.draw.random() < _RATED and play.story.channel == Channel.PORTAL:
        stars = play.story.satisfaction
        rate_case(
            secret=play.secret,
            is_solved=stars > _UNHAPPY,
            satisfaction=stars,
            comment="",
            at=play.clock + timedelta(hours=5),
        )
    return True


_RATED, _UNHAPPY = 0.5, 2

_STEPS: Sequence[tuple[Status, Callable[[Play], bool]]] = (
    (Status.REPORTED, lambda _play: True),
    (Status.ACCEPTED, _accept),
    (Status.FILED, _file),
    (Status.DISPATCHED, _dispatch),
    (Status.IN_PROGRESS, _take),
    (Status.HANDLED, _report_back),
    (Status.VERIFIED, _verify),
    (Status.CLOSED, _close),
)
