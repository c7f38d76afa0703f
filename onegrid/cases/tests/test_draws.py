"""Who is verified, decided without a database: by category, by risk, else by a number that comes out again."""

import hashlib
import hmac
from decimal import Decimal
from uuid import UUID

import pytest

from onegrid.cases.rules.draws import Facts, Ground, Seed, commitment_to, draw, month_after, number_of
from onegrid.catalogue.rules.procedure import Procedure

CASE = UUID("0192f3a0-0000-7000-8000-000000000001")
SEED = Seed("2026-11", b"of november" * 3)
SAMPLED = Procedure(verification="sampled", sampled_percent=20)


def facts(**also):
    usual = {
        "case_id": CASE, "round": 0, "is_on_the_spot": False, "is_urgent": False, "is_sensitive": False,
        "was_not_solved": False, "reopened": 0, "reworked": 0, "is_late": False, "reports": 1,
    }  # fmt: skip
    return Facts(**usual | also)


def test_everything_of_a_category_that_says_so_is_verified():
    made = draw(facts(), procedure=Procedure(), seed=SEED)

    assert (made.ground, made.percent, made.is_drawn) == (Ground.CATEGORY, 100, True)


@pytest.mark.parametrize(
    ("risk", "ground"),
    [
        ({"is_urgent": True}, Ground.URGENT),
        ({"is_sensitive": True}, Ground.SENSITIVE),
        ({"was_not_solved": True, "reopened": 1}, Ground.NOT_SOLVED),
        ({"reopened": 1}, Ground.REOPENED),
        ({"reworked": 1}, Ground.REWORKED),
        ({"is_late": True}, Ground.LATE),
        ({"reports": 3}, Ground.MANY_REPORTS),
    ],
)
@pytest.mark.parametrize("is_on_the_spot", [False, True])
def test_a_risk_is_verified_whatever_chance_says(risk, ground, is_on_the_spot):
    never = Procedure(verification="sampled", sampled_percent=0, on_the_spot_percent=0)

    made = draw(facts(is_on_the_spot=is_on_the_spot, **risk), procedure=never, seed=SEED)

    assert (made.ground, made.is_drawn) == (ground, True)


@pytest.mark.parametrize(("percent", "is_drawn"), [(0, False), (100, True)])
def test_chance_decides_by_the_percentage_of_the_category(percent, is_drawn):
    made = draw(facts(), procedure=Procedure(verification="sampled", sampled_percent=percent), seed=SEED)

    assert (made.ground, made.is_drawn) == (Ground.CHANCE, is_drawn)


def test_what_was_solved_on_the_spot_has_a_percentage_of_its_own_even_where_all_else_is_verified():
    made = draw(facts(is_on_the_spot=True), procedure=Procedure(on_the_spot_percent=5), seed=SEED)

    assert (made.ground, made.percent) == (Ground.CHANCE, 5)


def test_a_number_is_what_an_outsider_reckons_from_the_published_secret():
    digest = hmac.new(SEED.secret, b"0192f3a0-0000-7000-8000-000000000001:2", hashlib.sha256).digest()
    reckoned = int.from_bytes(digest[:8], "big") * 1_000_000 // 2**64

    assert number_of(CASE, 2, secret=SEED.secret) == Decimal(reckoned) / 10_000
    assert commitment_to(SEED.secret) == hashlib.sha256(SEED.secret).hexdigest()


def test_another_round_month_or_case_draws_another_number():
    others = {
        number_of(CASE, 0, secret=SEED.secret),
        number_of(CASE, 1, secret=SEED.secret),
        number_of(CASE, 0, secret=b"of december"),
        number_of(UUID(int=CASE.int + 1), 0, secret=SEED.secret),
    }

    assert len(others) == 4


def test_numbers_fall_evenly_so_that_a_fifth_is_drawn():
    numbers = [number_of(UUID(int=CASE.int + n), 0, secret=SEED.secret) for n in range(5_000)]

    assert all(0 <= number < 100 for number in numbers)
    assert sum(number < 20 for number in numbers) / len(numbers) == pytest.approx(0.2, abs=0.02)


def test_the_month_after_december_is_january():
    assert (month_after("2026-11"), month_after("2026-12")) == ("2026-12", "2027-01")
