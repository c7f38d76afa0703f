"""How long things last, and how many of them there may be."""

from datetime import timedelta

CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5  # of one code
BETWEEN_CODES = timedelta(seconds=60)
AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 5  # codes to one address
A_DAY, MOST_A_DAY = timedelta(days=1), 10  # so that in a day nobody can try more than fifty of a million
VISIT_LASTS = timedelta(days=30)
ACCOUNT_LASTS = timedelta(days=730)  # since it was last opened by a code
MOST_HELD = 200  # reports of one account
