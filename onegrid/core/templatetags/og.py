"""Template tags of every page: `{% load og %}`. They draw; they decide nothing."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, ChoiceWidget, FileInput, RadioSelect
from django.template import engines
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from onegrid.core import behaviours, durations, icons, installation, languages, moments
from onegrid.core.danger import danger_signs, speaks_of_danger

register = template.Library()


class Constant(template.Node):
    """What is the same on every page of a language, drawn once for each of them."""

    def __init__(self, content: template.NodeList) -> None:
        self._content = content
        self._drawn: dict[str, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """Return what was drawn before; when first asked, draw it without anything that a view has said."""
        language = get_language() or ""
        if language not in self._drawn:
            self._drawn[language] = self._content.render(context.new({}))
        return self._drawn[language]


@register.tag
def constant(parser: template.base.Parser, _token: template.base.Token) -> Constant:
    """
    Keep what stands between `{% constant %}` and `{% endconstant %}`: words, icons and addresses of files.

    Nothing in it can depend on a person, a request or the district, because it sees no variable (ADR 23).
    """
    content = parser.parse(("endconstant",))
    parser.delete_first_token()
    return Constant(content)


icon = register.simple_tag(icons.icon, name="icon")


@register.simple_tag
def draw(template_name: str, **context: object) -> SafeString:
    """
    Draw a part of a page with Jinja2, many times as fast as Django's own templates (ADR 37).

    The template stands in an app's `jinja2` folder and gets what it is given and nothing else, ready to be shown.
    """
    quick = engines["jinja2"].env.get_template(template_name)  # type: ignore[attr-defined]  # Django's stubs leave it out
    return SafeString(quick.render(context))  # Jinja2 has escaped it


@register.inclusion_tag("components/clock.html")
def clock(  # noqa: PLR0917  a tag's arguments are named in the template
    state: str,
    due_at: datetime | None = None,
    now: datetime | None = None,
    since: datetime | None = None,
    text: str = "",
    counts: str = "",
) -> Mapping[str, object]:
    """
    Draw a clock chip: shape, words and colour of a deadline.

    `state` is g, y, r (on time, due soon, late), p (paused) or d (done). The chip says `text`, or else the time
    left at `now`; the latter ticks in the browser, and changes its state there when `since` is given. With `counts`
    the text ticks too, in the time that counts.
    """
    words = durations.clock_words()
    said = text
    if due_at and now and not text:
        said = words["over" if now > due_at else "left"] % durations.spoken(durations.left_in_minutes(due_at - now))
    ticks = due_at if due_at and (counts or not text) else None
    return {
        "state": state, "state_word": words[state], "text": said, "due_at": ticks, "since": since, "counts": counts
    }  # fmt: skip


@register.inclusion_tag("components/bar.html")
def bar(state: str, percent: int, label: str = "") -> Mapping[str, object]:
    """Draw how much of something is used, mostly of the time until a deadline."""
    return {"state": state, "percent": min(percent, 100), "label": label, "true_percent": percent}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "", **attrs: object) -> Mapping[str, object]:
    """Draw one field of a form: label, hint, what is wrong, control; hyphens of attributes are written `_`."""
    errors = bound.errors
    described = [
        f"{bound.auto_id}_{part}"
        for part in ("hint", "error")
        if {"hint": hint or bound.help_text, "error": errors}[part]
    ]
    named: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    if described:
        named["aria-describedby"] = " ".join(described)
    if errors:
        named["aria-invalid"] = "true"
    widget = bound.field.widget
    if not isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        named["class"] = "po-in is-bad" if errors else "po-in"
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "errors": errors,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "is_choice": isinstance(widget, RadioSelect | CheckboxSelectMultiple) and isinstance(widget, ChoiceWidget),
        "control": bound.as_widget(attrs=named),
        **(_files(bound, named) if isinstance(widget, FileInput) else {}),
    }


def _files(bound: BoundField, attrs: Mapping[str, Any]) -> Mapping[str, object]:
    """Return what the chooser of photos and files says beforehand; the server checks all of it again."""
    return {
        "is_files": True,
        "most": getattr(bound.field, "most", 1),
        "limit": settings.UPLOAD_LIMIT,
        "megabytes": settings.UPLOAD_LIMIT // (1024 * 1024),
        "takes_photos": str(attrs.get("accept", "")).endswith("image/*"),
    }


@register.inclusion_tag("components/danger.html")
def danger(field_id: str, text: str | None = "", said: str = "") -> Mapping[str, object]:
    """Draw whom to call, for a field: seen, with what is `said` of it, once the field, now `text`, speaks of danger."""
    return {
        "field_id": field_id,
        "signs": danger_signs(),
        "is_seen": speaks_of_danger(text or ""),
        "said": said,
        "numbers": installation.emergency_numbers(get_language() or ""),
    }


@register.filter(expects_localtime=True)
def day(moment: date | None) -> str:
    """Return a day, or that of a moment, as residents read it: with its year, in the current language."""
    return moments.day_named(moment) if moment else ""


page_language = register.simple_tag(languages.page_language, name="page_language")


@register.simple_tag(takes_context=True, name="languages")
def language_buttons(context: template.Context, css: str = "", button_css: str = "") -> SafeString:
    """Draw a button for every language of the site, each named in itself; the current one is pressed."""
    request = context.get("request")
    return draw(
        "core/languages.html",
        css=css,
        button_css=button_css,
        next_url=request.get_full_path() if request else "",
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_tag
def district() -> str:
    """Return the district's name in the current language."""
    return installation.district_name(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def map_view() -> Mapping[str, float]:
    """Return the middle of the district and the zoom at which a map shows all of it."""
    center, zoom = installation.map_view()
    return {"lon": center.lon, "lat": center.lat, "zoom": zoom}


@register.simple_tag
def is_simulated() -> bool:
    """Return whether this installation is a demonstration, which every page then says."""
    return bool(settings.DISTRICT_IS_DEMONSTRATION)


@register.simple_tag
def behaviour_sources() -> str:
    """Return, as JSON, the address of every script behaviour by name, for `core/registry.js`."""
    return json.dumps({name: static(path) for name, path in behaviours.found().items()})


@register.simple_tag
def clock_words() -> str:
    """Return, as JSON, the words with which a clock chip ticks, for `core/relative-time.js`."""
    return json.dumps(durations.clock_words(), ensure_ascii=False)
