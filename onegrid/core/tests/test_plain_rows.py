"""Rows of lists: escaped as Jinja2 escapes, into plain text."""

import pytest
from markupsafe import Markup, escape

from onegrid.core.plain_rows import PlainRows


@pytest.mark.parametrize("value", ["<b>'\"&", Markup("<i>kept</i>"), 7, None, "消防通道"])
def test_escapes_what_is_not_said_to_be_html(value):
    drawn = PlainRows(autoescape=True).from_string("<p>{{ value }}</p>").render(value=value)

    assert drawn == f"<p>{escape(value)}</p>"


def test_escapes_nothing_where_that_is_switched_off():
    drawn = PlainRows(autoescape=True).from_string("{% autoescape false %}{{ value }}{% endautoescape %}")

    assert drawn.render(value="<b>") == "<b>"
