"""The Ouhai pack as data: complete, and without fault."""

from collections import Counter

import pytest
from django.conf import settings

from onegrid.accounts.models import Role
from onegrid.packs.public import check_pack, read_pack
from onegrid.packs.rules.outlines import standing_codes
from onegrid.packs.rules.pack import parent_code


@pytest.fixture(scope="module")
def pack():
    return read_pack(settings.ROOT / "packs" / "ouhai")


@pytest.fixture(scope="module")
def leaves(pack):
    groups = {parent_code(row["code"]) for row in pack["categories"]}
    return [row for row in pack["categories"] if row["code"] not in groups]


def test_has_no_faults():
    assert check_pack(settings.ROOT / "packs" / "ouhai") == []


@pytest.mark.parametrize(("edition", "communities"), [("2016", 284), ("2023", 197)])
def test_has_the_areas_of_its_editions(pack, edition, communities):
    codes = standing_codes(pack.edition(edition))

    assert {level: len(found) for level, found in codes.items()} == {
        "district": 1,
        "township": 13,
        "community": communities,
        "grid": 762,
    }


def test_every_township_has_an_english_name_and_no_other_area_is_named(pack):
    named = {fact["name"] for fact in pack.facts["area_names"]}
    sheets = [sheet for edition in pack.editions for sheet in edition.sheets if sheet.level in {"district", "township"}]

    assert named == {feature["properties"]["name"] for sheet in sheets for feature in sheet.features.values()}


def test_has_289_functional_accounts(pack):
    assert len(pack["accounts"].rows) == len(pack["posts"].rows) == 289


def test_every_post_is_taken(pack):
    assert {row["post"] for row in pack["accounts"]} == {row["code"] for row in pack["posts"]}


def test_every_role_has_somebody(pack):
    roles = {row["role"] for name in ("posts", "system_accounts") for row in pack[name]}

    assert roles | {"grid_worker"} == set(Role.values)


def test_names_are_invented_once_each(pack):
    names = Counter(
        row["display_name"] for name in ("accounts", "system_accounts", "grid_workers") for row in pack[name]
    )

    assert names.most_common(1)[0][1] == 1


def test_has_enough_leaves_on_three_levels(leaves):
    assert len(leaves) >= 120
    assert {row["code"].count(".") for row in leaves} == {2}


def test_has_the_four_and_the_seasonal(pack):
    roots = [row["code"] for row in pack["categories"] if "." not in row["code"]]

    assert roots == ["housing", "safety", "fire", "disputes", "season", "daily"]


def test_some_matters_are_not_for_grid_workers(leaves):
    assert Counter(row["grid_workers"] for row in leaves)["no"] > 40


def test_seasonal_admissions_end_by_themselves(pack):
    assert all(row["valid_until"] for row in pack["admissions"] if row["category"].startswith("season."))


def test_has_a_form_for_every_matter(pack, leaves):
    assert [row["code"] for row in leaves if not pack.form_of(row["code"])] == []


def test_a_matter_of_its_own_form_asks_only_that(pack):
    assert set(pack.form_of("daily.roads.manhole")["properties"]) == {"fault", "mark", "hurt"}
    assert pack.form_of("daily.roads.bridge") == pack.forms["daily.roads"]


def test_no_form_of_a_group_must_be_filled_in(pack):
    groups = {parent_code(code) for code in pack["categories"].column("code")}

    assert [code for code in groups if pack.forms.get(code, {}).get("required")] == []
