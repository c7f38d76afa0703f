"""
Jinja2 for long lists: escaped like everything else, but into plain text.

Jinja2 marks each value that it has escaped as safe and throws the mark away when
the page is put together. A list has fourteen hundred values, and the marks took
more than half of the time of its rows (ADR 23).
"""

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import _escape_inner  # type: ignore[attr-defined]  # the part of `escape` that does it


class _PlainText(CodeGenerator):
    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class PlainRows(Environment):
    """An environment whose templates escape as `markupsafe.escape` does."""

    code_generator_class = _PlainText

    @staticmethod
    def escaped(value: object) -> str:
        """Return a value as text in which nothing can be taken for HTML, unless it says that it is HTML."""
        if type(value) is str:
            return _escape_inner(value)
        return str(value.__html__()) if hasattr(value, "__html__") else str(_escape_inner(str(value)))
