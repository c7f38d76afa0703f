"""The icons of `static/core/icons.svg`, as pages draw them; they are decoration, words stand beside them."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=1024)
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon by its name, with more classes if any are given."""
    return format_html(
        '<svg class="og-i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {css}" if css else "",
        static("core/icons.svg"),
        name,
    )
