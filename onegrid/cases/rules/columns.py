"""
The columns of a table of cases for other programs.

None names a person: not who reported, unless that is asked for apart, and not
which officer did what, so that no table of persons comes out of it (DESIGN §3.2).
What reporters wrote in their own words stays on the case.
"""

from django.utils.translation import gettext_lazy as _

from onegrid.core.spreadsheets.columns import Column

_NAMED_THEN = _("By the name it had when the case was placed.")

COLUMNS = (
    Column(name="number", title=_("Number"), description=_("The number of the case."), width=18),
    Column(name="title", title=_("Title"), description=_("What it is about, in one line."), width=40),
    Column(name="category_code", title=_("Category code"), description=_("The code in the catalogue."), width=20),
    Column(name="category", title=_("Category"), description=_("Group and category by name."), width=28),
    Column(name="status", title=_("Status"), description=_("Where the case stands.")),
    Column(name="stage", title=_("Stage"), description=_("The stage whose clock runs; empty when it is over.")),
    Column(name="outcome", title=_("Outcome"), description=_("What came of it; empty while it is open.")),
    Column(name="late", title=_("Late"), description=_("Yes if the running stage is past its limit now.")),
    Column(name="channel", title=_("Source"), description=_("Through which door it came in.")),
    Column(name="township", title=_("Township"), description=_NAMED_THEN),
    Column(name="community", title=_("Community"), description=_NAMED_THEN, width=20),
    Column(name="grid", title=_("Grid"), description=_NAMED_THEN, width=24),
    Column(name="grid_code", title=_("Grid code"), description=_("The code of the grid."), width=18),
    Column(name="address", title=_("Address"), description=_("The place in words, where there are some."), width=30),
    Column(name="lon", title=_("Longitude"), description=_("Degrees on WGS-84; Chinese map services differ.")),
    Column(name="lat", title=_("Latitude"), description=_("Degrees on WGS-84; Chinese map services differ.")),
    Column(name="lead_unit", title=_("Lead unit"), description=_("The unit that handles it."), width=22),
    Column(name="holder_unit", title=_("Held by"), description=_("The unit that must act now."), width=22),
    Column(name="reported_at", title=_("Reported"), description=_("When it was reported."), width=17),
    Column(name="received_at", title=_("Received at"), description=_("When this system heard of it."), width=17),
    Column(name="filed_at", title=_("Filed"), description=_("When it was filed; empty if it never was."), width=17),
    Column(name="stage_due_at", title=_("Stage due"), description=_("Limit of the running stage."), width=17),
    Column(name="due_at", title=_("Due"), description=_("Limit of the whole case."), width=17),
    Column(name="ended_at", title=_("Ended"), description=_("When it was over; empty while it is open."), width=17),
    Column(name="ended_late", title=_("Ended late"), description=_("Yes if it ended after its limit; always so.")),
    Column(name="late_exempt", title=_("Lateness not counted"), description=_("Yes if an appeal was accepted twice.")),
    Column(name="reports", title=_("Reports"), description=_("How many people reported it.")),
    Column(name="returns", title=_("Returns"), description=_("How often a unit gave it back.")),
    Column(name="reworks", title=_("Reworks"), description=_("How often verification sent it back as not done.")),
    Column(name="reopenings", title=_("Reopenings"), description=_("How often it was opened again.")),
    Column(name="urgent", title=_("Urgent"), description=_("Yes if its limits run day and night.")),
    Column(name="simulated", title=_("Simulated"), description=_("Yes if it is no real case but made up.")),
)  # fmt: skip
REPORTER_COLUMNS = (
    Column(name="reporter_name", title=_("Reporters"), description=_("Names of those who gave one."), width=20),
    Column(name="reporter_contact", title=_("Contacts"), description=_("How to reach those who said so."), width=24),
)
