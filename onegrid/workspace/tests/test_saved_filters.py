"""Filters under a name: for oneself, for one's unit, as the start of the queue."""

import pytest
from django.utils.timezone import now

from onegrid.accounts.models import Role
from onegrid.cases.public import CannotBeFoundError
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, with_duty
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import NotAllowedError
from onegrid.core.ids import new_id
from onegrid.geography.public import Level, locator_for
from onegrid.oversight.models import Entry
from onegrid.units.public import directory
from onegrid.workspace.actions.save_filter import (
    FilterNotFoundError,
    FilterRefusedError,
    change_filter,
    choose_start,
    delete_filter,
    save_filter,
)
from onegrid.workspace.models import SavedFilter, StartPage
from onegrid.workspace.readers.saved_filters import saved_filters
from onegrid.workspace.rules.filters import Filters, read
from onegrid.workspace.rules.saved_filters import MOST_SAVED

pytestmark = pytest.mark.django_db
FILED = read({"scope": ["all"], "status": ["filed"]})


def saved(by, *, name="等派遣的", filters=FILED, **also):
    return save_filter(filter_id=new_id(), name=name, filters=filters, by=by, at=now(), **also)


def names(user):
    return [one.name for one in saved_filters(by=user, at=now())]


def test_is_there_for_its_owner_alone(people):
    saved(people.dispatcher)

    assert names(people.dispatcher) == ["等派遣的"]
    assert names(people.shift_lead) == []


def test_is_there_for_everybody_of_the_unit_it_is_shared_with(people):
    saved(people.dispatcher, unit_code="chashan-centre")

    assert names(people.acceptor) == ["等派遣的"]
    assert names(people.stranger) == names(people.handler) == []
    assert Entry.objects.get(code="workspace.filter-shared").by == people.dispatcher.username


def test_shows_each_reader_only_what_their_duties_show(as_, people, district):
    chashan = make_case(district, status=Status.FILED)
    wutian = make_case(district, status=Status.FILED, grid=district.areas.elsewhere)
    wide = with_duty(Role.SHIFT_LEAD, unit=district.units.chashan_centre, area=district.areas.district)
    kept = saved(wide, unit_code="chashan-centre")

    text = as_(people.acceptor).get(f"/queue/{kept.query}").text

    assert chashan.number in text
    assert wutian.number not in text


def test_is_not_shared_by_those_whose_duty_does_not_allow_it(people):
    with pytest.raises(NotAllowedError):
        saved(people.acceptor, unit_code="chashan-centre")


def test_is_not_shared_with_a_unit_one_does_not_work_in(people):
    with pytest.raises(NotAllowedError):
        saved(people.dispatcher, unit_code="wutian-centre")


@pytest.mark.parametrize("name", ["", "   ", "长" * 61, "等派遣的"])
def test_refuses_a_name_that_is_missing_too_long_or_used(people, name):
    saved(people.dispatcher)

    with pytest.raises(FilterRefusedError) as refusal:
        saved(people.dispatcher, name=name)

    assert refusal.value.fields["name"]


def test_refuses_a_unit_that_there_is_not(people):
    with pytest.raises(FilterRefusedError):
        saved(people.dispatcher, unit_code="nowhere")


@pytest.mark.parametrize("asked", [{"area": "nowhere"}, {"category": "nothing"}, {"lead": "nobody"}])
def test_refuses_to_keep_what_asks_for_something_that_never_was(people, asked):
    with pytest.raises(CannotBeFoundError):
        saved(people.dispatcher, filters=Filters(**asked))

    assert not SavedFilter.objects.exists()


def test_refuses_more_than_anybody_keeps_in_view(people):
    rows = [
        SavedFilter(name=str(number), query="?scope=all", owner=people.dispatcher, saved_at=now())
        for number in range(MOST_SAVED)
    ]
    SavedFilter.objects.bulk_create(rows)

    with pytest.raises(FilterRefusedError):
        saved(people.dispatcher)


def test_saving_the_same_id_twice_changes_nothing(people):
    first = saved(people.dispatcher)

    again = save_filter(filter_id=first.pk, name="另一个", filters=FILED, by=people.dispatcher, at=now())

    assert again == first
    assert names(people.dispatcher) == ["等派遣的"]


def test_is_renamed_and_shared_by_its_owner(people):
    kept = saved(people.dispatcher)

    change_filter(filter_id=kept.pk, name="派遣", unit_code="chashan-centre", by=people.dispatcher, at=now())

    assert names(people.acceptor) == ["派遣"]


def test_is_taken_back_from_the_unit(people):
    kept = saved(people.dispatcher, unit_code="chashan-centre")

    change_filter(filter_id=kept.pk, name=kept.name, unit_code="", filters=Filters(), by=people.dispatcher, at=now())

    assert names(people.acceptor) == []
    assert Entry.objects.filter(code="workspace.filter-unshared").exists()


def test_is_changed_by_whoever_answers_for_the_filters_of_the_unit(people):
    kept = saved(people.dispatcher, unit_code="chashan-centre")

    delete_filter(filter_id=kept.pk, by=people.shift_lead, at=now())

    assert names(people.dispatcher) == []


@pytest.mark.parametrize("who", ["acceptor", "stranger"])
def test_is_not_changed_by_others(people, who):
    kept = saved(people.dispatcher, unit_code="chashan-centre")

    with pytest.raises(FilterNotFoundError):
        delete_filter(filter_id=kept.pk, by=getattr(people, who), at=now())


def test_opens_the_queue_of_whoever_chose_it(as_, people):
    kept = saved(people.dispatcher, unit_code="chashan-centre")
    choose_start(filter_id=kept.pk, by=people.acceptor)

    response = as_(people.acceptor).get("/queue/")

    assert response.url == f"/queue/{kept.query}"


def test_opens_nothing_once_it_is_not_shared_any_more(as_, people):
    kept = saved(people.dispatcher, unit_code="chashan-centre")
    choose_start(filter_id=kept.pk, by=people.acceptor)
    change_filter(filter_id=kept.pk, name=kept.name, unit_code="", by=people.dispatcher, at=now())

    assert as_(people.acceptor).get("/queue/").status_code == 200


def test_is_given_up_as_the_start_of_the_queue(people):
    kept = saved(people.dispatcher, is_start=True)

    choose_start(filter_id=None, by=people.dispatcher)

    assert not StartPage.objects.exists()
    assert SavedFilter.objects.get() == kept


def test_is_no_start_for_those_who_cannot_read_it(people):
    kept = saved(people.dispatcher)

    with pytest.raises(FilterNotFoundError):
        choose_start(filter_id=kept.pk, by=people.acceptor)


def test_is_left_out_when_its_words_are_no_filter_any_more(people):
    SavedFilter.objects.create(name="旧", query="?colour=red", owner=people.acceptor, saved_at=now())

    assert names(people.acceptor) == []


@pytest.mark.queries(10)
@pytest.mark.parametrize("query", ["", "?scope=all&status=filed"])
def test_leaves_the_queue_at_ten_statements(as_, people, district, query):
    make_case(district, status=Status.FILED, at=now())
    for number in range(12):
        saved(people.dispatcher, name=f"筛选{number}", filters=read({"scope": ["all"], "days": ["365"]}))
    catalogue(), directory(), locator_for(now().date()).places(Level.GRID)  # what every process has in memory

    response = as_(people.dispatcher).get(f"/queue/{query}")

    assert [one.count for one in response.context["saved"]].count("1") == 8


def test_is_saved_from_the_queue_and_kept_on_its_own_page(as_, people):
    client = as_(people.dispatcher)
    data = {"id": str(new_id()), "query": "?scope=all&status=filed", "name": "等派遣的", "is_start": "1"}

    response = client.post("/filters/saved/", data)

    assert response.url == "/queue/?scope=all&status=filed"
    assert "opens my queue" in client.get("/filters/saved/").text


def test_is_refused_with_the_form_as_it_was(as_, people):
    response = as_(people.dispatcher).post("/filters/saved/", {"id": str(new_id()), "query": "?scope=all", "name": ""})

    assert response.status_code == 422
    assert "Give the filter a name." in response.text


def test_is_renamed_started_with_and_deleted_on_its_own_page(as_, people):
    client, kept = as_(people.dispatcher), saved(people.dispatcher)

    client.post(f"/filters/saved/{kept.pk}/", {"name": "新名"})
    client.post("/filters/saved/start/", {"filter": kept.pk})
    renamed = client.get("/filters/saved/").text
    client.post(f"/filters/saved/{kept.pk}/delete/")

    assert "新名" in renamed
    assert "Open my queue with what waits for me" in renamed
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("path", "data"),
    [("/filters/saved/", {"id": "7"}), ("/filters/saved/start/", {"filter": "7"})],
)
def test_answers_what_it_does_not_understand_with_the_page(as_, people, path, data):
    assert as_(people.dispatcher).post(path, data).status_code == 422


@pytest.mark.parametrize("query", ["?nope=1", "?sort=gone", "?q=%00", "?q=" + "路" * 101])
def test_keeps_no_other_list_than_the_one_that_was_meant(as_, people, query):
    response = as_(people.dispatcher).post("/filters/saved/", {"id": str(new_id()), "query": query, "name": "等派遣的"})

    assert response.status_code == 422
    assert not SavedFilter.objects.exists()


def test_a_name_is_kept_without_what_no_text_can_hold(as_, people):
    client, kept = as_(people.dispatcher), saved(people.dispatcher)

    client.post("/filters/saved/", {"id": str(new_id()), "query": "?scope=all", "name": "等审\x00核的"})
    client.post(f"/filters/saved/{kept.pk}/", {"name": "新\x00名"})

    assert set(SavedFilter.objects.values_list("name", flat=True)) == {"等审核的", "新名"}
