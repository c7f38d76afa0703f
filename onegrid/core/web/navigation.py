"""What the navigation of a layout shows. Views build it; templates only draw it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry: where it leads, its words and icon, how much waits there, its shortcut such as `g q`."""

    url: str
    label: str
    icon: str
    count: str = ""
    is_current: bool = False
    key: str = ""
