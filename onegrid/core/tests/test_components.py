"""Components: what the layouts and the pages of all apps are made of."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from onegrid.core.web.navigation import NavItem

LAYOUTS = {"desk": "layouts/desk.html", "portal": "layouts/portal.html", "sheet": "layouts/sheet.html"}
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def drawn(source, **context):
    return Template("{% load og %}" + source).render(Context(context))


def page(layout, **context):
    request = RequestFactory().get("/queue/?q=1")
    return render_to_string(LAYOUTS[layout], context, request)


def test_a_clock_chip_says_what_is_left_and_ticks():
    chip = drawn("{% clock 'y' due now since %}", due=NOON + timedelta(minutes=65), now=NOON, since=NOON)

    assert "due soon: " in chip
    assert "1 h 5 min left" in chip
    assert 'data-relative-time="2026-11-24T13:05:00+08:00"' in chip


def test_a_clock_chip_says_how_late_something_is():
    assert "1 d 2 h late" in drawn("{% clock 'r' due now %}", due=NOON - timedelta(hours=26), now=NOON)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(61, "2 min left"), (1, "1 min left"), (0, "0 min left"), (-59, "0 min late"), (-60, "1 min late")],
)
def test_a_clock_chip_rounds_what_is_left_up_and_what_is_late_down(seconds, said):
    assert said in drawn("{% clock 'y' due now %}", due=NOON + timedelta(seconds=seconds), now=NOON)


def test_a_clock_chip_with_a_text_stands_still():
    chip = drawn("{% clock 'd' due now text='by 24 Nov' %}", due=NOON, now=NOON)

    assert "by 24 Nov" in chip
    assert "data-relative-time" not in chip


def test_a_bar_does_not_run_over_but_says_how_far_it_would():
    assert 'value="100" aria-label="130% of the time used"' in drawn("{% bar 'r' 130 %}")


class Report(forms.Form):
    place = forms.CharField(label="Where")
    kind = forms.ChoiceField(label="What", choices=[("a", "A lamp"), ("b", "A drain")], widget=forms.RadioSelect)
    is_anonymous = forms.BooleanField(label="Anonymous", required=False)


def test_a_field_is_tied_to_its_hint_and_its_error():
    form = Report({})

    field = drawn("{% field form.place hint='A road and a number' maxlength=5 %}", form=form)

    assert '<label class="po-lab" for="id_place">Where</label>' in field
    assert 'aria-describedby="id_place_hint id_place_error"' in field
    assert 'id="id_place_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'class="po-in is-bad"' in field


def test_a_choice_is_a_group_with_a_legend():
    field = drawn("{% field form.kind %}", form=Report())

    assert "<legend>What</legend>" in field
    assert field.count('class="po-opt"') == 2


def test_a_checkbox_stands_in_its_label():
    assert "<b>Anonymous</b>" in drawn("{% field form.is_anonymous %}", form=Report())


def test_a_summary_of_errors_links_to_the_fields():
    summary = render_to_string("components/error_summary.html", {"form": Report({})})

    assert "2 things are still missing or wrong" in summary
    assert 'href="#id_place"' in summary


def test_a_stepper_marks_where_we_are():
    steps = [{"label": "Report", "is_done": True}, {"label": "Handle", "is_now": True}, {"label": "Close"}]

    stepper = render_to_string("components/stepper.html", {"steps": steps})

    assert stepper.count('aria-current="step"') == 1


def test_an_empty_state_offers_one_next_step():
    context = {"title": "Nothing here", "url": "/all/", "action": "Show all"}

    assert 'href="/all/"' in render_to_string("components/empty.html", context)


def test_pages_lead_on_and_back_to_the_beginning():
    pages = render_to_string("core/pagination.html", {"first_url": "?", "next_url": "?after=1"}, using="jinja2")

    assert 'href="?after=1" rel="next"' in pages


def test_the_desk_shows_the_navigation_it_is_given():
    nav = [NavItem(url="/queue/", label="Queue", icon="inbox", count="58", is_current=True, key="g q")]

    desk = page("desk", nav=nav)

    assert 'href="/queue/" aria-current="page" data-key="g q"' in desk
    assert "<small>58</small>" in desk


def test_the_portal_shows_the_navigation_it_is_given():
    assert 'href="/report/"' in page("portal", nav=[NavItem(url="/report/", label="Report", icon="send")])


@override_settings(DISTRICT_IS_DEMONSTRATION=True)
@pytest.mark.parametrize("layout", ["desk", "portal", "sheet"])
def test_every_layout_says_that_this_is_a_demonstration(layout):
    shown = page(layout)

    assert "Demonstration" in shown
    assert "Simulated data" not in shown  # imported cases are real


@pytest.mark.parametrize("layout", ["desk", "portal", "sheet"])
def test_every_layout_lets_one_skip_to_the_content(layout):
    shown = page(layout)

    assert '<a class="og-skip" href="#main">' in shown
    assert 'id="main"' in shown


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_a_page_names_its_language(language, tag):
    with override(language):
        assert f'<html lang="{tag}"' in page("sheet")


def test_what_is_constant_is_drawn_once_for_each_language_and_sees_no_variable():
    template = Template("{% load og i18n %}{% constant %}{% trans 'Close the list' %}{{ name }}{% endconstant %}")

    with override("en"):
        english = template.render(Context({"name": "somebody"}))
    with override("zh-hans"):
        chinese = template.render(Context({"name": "somebody else"}))

    assert english == "Close the list"
    assert chinese not in {english, ""}
    assert "somebody" not in chinese
