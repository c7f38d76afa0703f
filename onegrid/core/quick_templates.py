"""
Jinja2 for what a desk sees all day: escaped like everything else, but into plain text, and compiled once a language.

Jinja2 marks each value that it has escaped as safe and throws the mark away when
the page is put together. A list has fourteen hundred values, and the marks took
more than half of the time of its rows (ADR 23). Words, icons and addresses that
are constants stand in the compiled template as text: a frame around a page is then
a few long strings with what differs between them (ADR 37).
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import _escape_inner  # type: ignore[attr-defined]  # the part of `escape` that does it

from onegrid.core.icons import icon
from onegrid.core.languages import languages

# What is called with constants alone says the same as long as the process lives, in one language.
LASTING: Mapping[str, Callable[..., str]] = {
    "_": gettext,
    "pgettext": pgettext,
    "icon": icon,
    "static": static,
    "url": reverse,
}


def csrf_field(token: object) -> SafeString:
    """Return what Django's `{% csrf_token %}` draws: nothing on pages that are kept for everybody."""
    said = str(token or "")
    if said in {"", "NOTPROVIDED"}:
        return SafeString()
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', said)


class _PlainText(CodeGenerator):
    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name not in LASTING:
            return super()._output_child_to_const(node, frame, finalize)
        arguments = [argument.as_const(frame.eval_ctx) for argument in node.args]
        named = dict(pair.as_const(frame.eval_ctx) for pair in node.kwargs)
        return QuickTemplates.escaped(LASTING[node.node.name](*arguments, **named))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(environment.escaped_text(_value) if type(_value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else environment.escaped(_value))")


class QuickTemplates(Environment):
    """An environment whose templates escape as `markupsafe.escape` does, and which has one of itself a language."""

    code_generator_class = _PlainText
    escaped_text = staticmethod(_escape_inner)  # of what is text and nothing else, without a call of ours

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 — Jinja2's
        super().__init__(**options)
        self.globals.update(LASTING, ngettext=ngettext, languages=languages, csrf_field=csrf_field)
        self._by_language: dict[str, Environment] = {}
        self._compiled: dict[tuple[str, str | Template], Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 — Jinja2's
    ) -> Template:
        """Return a template as it was compiled for the current language."""
        if self.overlayed:  # the environment of a language, asked by a template of its own
            return super().get_template(name, parent, globals)
        language = get_language() or ""
        found = self._compiled.get((language, name))
        if found is None or self.auto_reload:
            if language not in self._by_language:
                self._by_language[language] = self.overlay()
            found = self._compiled[language, name] = self._by_language[language].get_template(name, parent, globals)
        return found

    @staticmethod
    def escaped(value: object) -> str:
        """Return a value as text in which nothing can be taken for HTML, unless it says that it is HTML."""
        return str(value.__html__()) if hasattr(value, "__html__") else str(_escape_inner(str(value)))
