"""
Statements about cases, written once for each question and reader.

A desk asks for the same list all day. Its statement depends on the question, on
who asks with which duties, and on the catalogue and the units among which its
codes were looked up; all of that is compared.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

from onegrid.accounts.public import User, live_duties
from onegrid.cases.readers.selection import Selection
from onegrid.catalogue.public import catalogue
from onegrid.core.statements import Statement, Written, kept
from onegrid.units.public import directory


def compiled(
    question: Hashable,
    write: Callable[[datetime], Written],
    *,
    by: User,
    selections: Iterable[Selection],
    is_prepared: bool = False,
) -> Statement:
    """
    Return the statement that answers a question of somebody's about some selections, written now or before.

    These and `question` hold everything that `write` looks at besides the person and the moment it is given.
    """
    duties = tuple(
        (duty.role, duty.area.level, duty.area.code, duty.area.path, duty.unit_id) for duty in live_duties(by)
    )
    asked = tuple(selections)
    looks_up = any(each.category or each.unit or each.lead or each.holder for each in asked)
    among = (catalogue(), directory()) if looks_up else ()
    return kept((question, asked, by.pk, duties), write, among=among, is_prepared=is_prepared)
