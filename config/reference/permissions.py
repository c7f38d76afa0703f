"""The page of roles and what they may do."""

from onegrid.accounts.permissions import GRANTS, UNIT_BOUND


def page() -> str:
    """Write the page."""
    names = sorted({name for granted in GRANTS.values() for name in granted})
    head = "| Permission | " + " | ".join(role.value for role in GRANTS) + " |\n"
    rows = "".join(
        f"| `{name}`{' (unit)' if name in UNIT_BOUND else ''} | "
        + " | ".join("yes" if name in granted else "" for granted in GRANTS.values())
        + " |\n"
        for name in names
    )
    return (
        "# Roles and permissions\n\n"
        "A duty gives a person a role in an area, which covers the areas inside, and for a unit."
        " Permissions marked (unit) reach only what that unit holds.\n\n"
        f"{head}|---|{'---|' * len(GRANTS)}\n{rows}"
    )
