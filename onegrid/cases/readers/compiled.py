"""
Statements about cases, written once for each question and reader.

A desk asks for the same list all day. Its statement depends on the question, on
who asks with which duties, and on the catalogue and the units among which its
codes were looked up; all of that is compared.
"""

from collections.abc import Callable, Hashable
from datetime import datetime

from onegrid.accounts.public import User, live_duties
from onegrid.catalogue.public import catalogue
from onegrid.core.statements import Statement, Written, kept
from onegrid.units.public import directory


def compiled(question: Hashable, write: Callable[[datetime], Written], *, by: User) -> Statement:
    """
    Return the statement that answers a question of somebody's, written now or before.

    `question` holds everything that `write` looks at besides the person and the moment it is given.
    """
    duties = tuple((duty.role, duty.area.level, duty.area.code, duty.unit_id) for duty in live_duties(by))
    return kept((question, by.pk, duties), write, among=(catalogue(), directory()))
