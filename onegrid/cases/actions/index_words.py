"""Keep by which words a case is found in step with what it says, in the caller's transaction."""

from onegrid.cases.models import Case
from onegrid.cases.rules.words import words_of
from onegrid.core.queries import prepared_cursor
from onegrid.core.search import MOST_INNER

# What an entry says is not read by strangers; a word that they find the case by stays one. Nothing is added to what is
# full: PostgreSQL would refuse a vector of a megabyte, and with it whatever the entry was about.
ADD_WORDS = f"""
UPDATE cases_case SET search = search || ts_delete(words, tsvector_to_array(search))
FROM (SELECT %s::tsvector AS words) AS added WHERE id = %s AND length(search) < {MOST_INNER}
"""  # noqa: S608 — a number


def refresh_words(case: Case) -> None:
    """Let a case be found by what it now says of itself, and by nothing it no longer says. Two statements."""
    words = words_of(
        case.number,
        said=(case.title, case.description, case.address),
        where=(case.township_name, case.community_name, case.grid_name),
        timeline=case.timeline.exclude(text="").values_list("text", flat=True),
    )
    with prepared_cursor() as cursor:
        cursor.execute("UPDATE cases_case SET search = %s::tsvector WHERE id = %s", [words, case.pk])
