"""Quick templates: escaped as Jinja2 escapes, into plain text; what lasts is worked out once a language."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from jinja2 import DictLoader
from markupsafe import Markup, escape

from onegrid.core.quick_templates import QuickTemplates


@pytest.mark.parametrize("value", ["<b>'\"&", Markup("<i>kept</i>"), 7, None, "消防通道"])
def test_escapes_what_is_not_said_to_be_html(value):
    drawn = QuickTemplates(autoescape=True).from_string("<p>{{ value }}</p>").render(value=value)

    assert drawn == f"<p>{escape(value)}</p>"


def test_escapes_nothing_where_that_is_switched_off():
    drawn = QuickTemplates(autoescape=True).from_string("{% autoescape false %}{{ value }}{% endautoescape %}")

    assert drawn.render(value="<b>") == "<b>"


def drawn(text, **values):
    environment = QuickTemplates(autoescape=True, loader=DictLoader({"one.html": text}))
    return environment.get_template("one.html").render(**values)


def test_words_stand_in_the_template_in_the_language_in_which_it_is_asked_for():
    environment = QuickTemplates(autoescape=True, loader=DictLoader({"one.html": '{{ _("Language") }}'}))

    said = []
    for language in ("zh-hans", "en", "zh-hans", "zh-hant"):
        with override(language):
            said.append(environment.get_template("one.html").render())

    assert said == ["语言", "Language", "语言", "語言"]


def test_a_template_that_is_included_speaks_the_same_language():
    templates = {"one.html": '{% include "two.html" %}', "two.html": '{{ _("Language") }}'}
    environment = QuickTemplates(autoescape=True, loader=DictLoader(templates))

    for language, word in (("zh-hans", "语言"), ("en", "Language")):
        with override(language):
            assert environment.get_template("one.html").render() == word


def test_what_is_called_with_constants_is_worked_out_when_the_template_is_compiled():
    environment = QuickTemplates(autoescape=True).overlay()

    compiled = environment.compile('{{ _("A & B") }}{{ icon("x") }}{{ url("language") }}', raw=True)

    assert "A &amp; B<svg" in compiled
    assert f"</svg>{reverse('language')}" in compiled


def test_what_differs_from_page_to_page_is_worked_out_for_each():
    text = '{{ icon(name) }}{{ _("%(n)s left") % {"n": count} }}'

    assert drawn(text, name="bell", count="<3").endswith("&lt;3 left")
    assert "#i-bell" in drawn(text, name="bell", count=1)


def test_an_address_that_leads_nowhere_is_refused_when_it_is_drawn():
    with pytest.raises(NoReverseMatch):
        drawn('{{ url("no such page") }}')


@pytest.mark.parametrize("token", ["", None, "NOTPROVIDED"])
def test_a_form_of_a_page_that_is_kept_for_everybody_sends_no_token(token):
    assert not drawn("{{ csrf_field(token) }}", token=token)


def test_a_form_sends_the_token_of_its_page():
    field = drawn("{{ csrf_field(said) }}", said='a"b')

    assert field == '<input type="hidden" name="csrfmiddlewaretoken" value="a&quot;b">'
