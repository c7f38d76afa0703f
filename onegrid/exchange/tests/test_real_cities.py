"""A city's real file, whole: what the database holds is what a plain script counts in the file."""

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from onegrid.cases.models import Case
from onegrid.cases.public import Status
from onegrid.exchange.actions.import_cases import import_cases
from onegrid.exchange.rules.mapping import read_mapping
from onegrid.oversight.public import Actor
from tests.district import LOADED_AT, PACK

DATA = Path(__file__).parents[4] / "shared" / "data" / "service_requests"
BOSTON = DATA / "boston_311_2011_jul_sep.csv.gz"
ZURICH = DATA / "zurich_zueri_wie_neu_2016_2025.csv.gz"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def mapping_of(name):
    return yaml.safe_load((PACK / "mappings" / f"{name}.yaml").read_text(encoding="utf8"))


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return list(csv.DictReader(lines))


def bring_in(path, mapping):
    return import_cases(path=path, mapping=read_mapping(mapping), by=Actor("operator"), at=LOADED_AT)


@pytest.mark.skipif(not BOSTON.exists(), reason=f"{BOSTON.name} is not beside this checkout")
def test_boston_is_counted_alike(ouhai):
    mapping, rows = mapping_of("boston-311-2011"), rows_of(BOSTON)

    done = bring_in(BOSTON, mapping)

    assert (done.read, done.written, done.refused) == (len(rows), len(rows), [])
    cases = Case.objects.all()
    assert cases.filter(status=Status.CLOSED).count() == sum(bool(row["closed_dt"]) for row in rows)
    table = mapping["category"]["table"]
    assert Counter(cases.values_list("category__code", flat=True)) == Counter(table[row["type"]] for row in rows)
    late = sum(bool(row["target_dt"] and row["closed_dt"] > row["target_dt"]) for row in rows if row["closed_dt"])
    assert cases.filter(timeline__move="close", timeline__data__late=True).count() == late
    said = ("case_title", "reason", "type", "location", "closure_reason")
    lamps = sum("lamp" in re.findall(r"\w+", " ".join(row[name] for name in said).lower()) for row in rows)
    assert cases.matching("lamp").count() == lamps
    assert cases.values("township_code").distinct().count() == 13
    assert bring_in(BOSTON, mapping).written == 0


@pytest.mark.skipif(not ZURICH.exists(), reason=f"{ZURICH.name} is not beside this checkout")
def test_a_part_of_zurich_in_swiss_coordinates_is_counted_alike(ouhai, tmp_path):
    rows = rows_of(ZURICH)[:3000]
    part = tmp_path / "zurich.csv"
    with part.open("w", encoding="utf8", newline="") as out:
        table = csv.DictWriter(out, rows[0])
        table.writeheader()
        table.writerows(rows)
    mapping = mapping_of("zurich-zueri-wie-neu")

    done = bring_in(part, mapping)

    assert (done.written, done.refused) == (3000, [])
    assert Case.objects.filter(status=Status.REPORTED, original_system="EPSG:2056").count() == 3000
    codes = Counter(mapping["category"]["table"][row["service_code"]] for row in rows)
    assert Counter(Case.objects.values_list("category__code", flat=True)) == codes
