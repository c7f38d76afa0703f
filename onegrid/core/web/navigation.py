"""What the navigation of a layout shows. Views build it; templates only draw it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """
    One entry: where it leads, its words and icon, how much waits there, its shortcut such as `g q`.

    A page that stays open keeps the number up to date by the entry's `name`.
    """

    url: str
    label: str
    icon: str
    count: str = ""
    is_current: bool = False
    key: str = ""
    name: str = ""
