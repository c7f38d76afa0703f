"""Checking the trail after somebody has been at it."""

import pytest

from onegrid.oversight.models import Seal
from onegrid.oversight.public import Checkpoint, change_key, checkpoint_file, checkpoints, explain, seal_entries
from onegrid.oversight.tests.trail import AT, LIN, check, named, numbers, tamper, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Three seals of ten entries each, and two entries that are not sealed yet."""
    write(30)
    seal_entries(at=AT, most=10)
    write(2)
    return numbers()


def test_finds_nothing_wrong_with_an_untouched_trail(rows):
    report = check()

    assert (report.is_whole, report.seals, report.sealed, report.unsealed) == (True, 3, 30, 2)


def test_finds_nothing_wrong_with_no_trail():
    seal_entries(at=AT)
    write(1)
    seal_entries(at=AT)

    assert check().is_whole


@pytest.mark.parametrize(
    "change",
    [
        "code = 'cases.refuse'",
        "target = 'cases.Case:0'",
        "by = '某人'",
        "unit = ''",
        "at = at + interval '1 microsecond'",
        "received_at = received_at - interval '1 day'",
        "data = jsonb_set(data, '{to}', '\"refused\"')",
        "data = data || '{\"n\": 1.00}'",
    ],
)
def test_names_a_changed_row(rows, change):
    tamper(f"UPDATE oversight_entry SET {change} WHERE seq = %s", rows[14])  # noqa: S608

    assert named(check()) == [("CHANGED", rows[14], 2)]


def test_names_removed_rows(rows):
    tamper("DELETE FROM oversight_entry WHERE seq IN (%s, %s)", rows[0], rows[29])

    assert named(check()) == [("REMOVED", rows[0], 1), ("REMOVED", rows[29], 3)]


def test_names_an_inserted_row():
    write(3)
    burn_a_number()
    write(3)
    seal_entries(at=AT)
    hole = next(seq for seq in range(numbers()[0], numbers()[-1]) if seq not in numbers())

    tamper(
        "INSERT INTO oversight_entry (seq, code, target, by, at, data) OVERRIDING SYSTEM VALUE"
        " VALUES (%s, 'cases.accept', 'cases.Case:9', '某人', now(), '{}')",
        hole,
    )

    assert named(check()) == [("INSERTED", hole, 1)]


def test_names_both_of_two_rows_that_changed_places(rows):
    swap(rows[3], rows[25])

    report = check()

    assert [(fault.kind.name, fault.seq, fault.other) for fault in report.faults] == [
        ("MOVED", rows[3], rows[25]),
        ("MOVED", rows[25], rows[3]),
    ]


def test_recognizes_a_row_that_was_given_another_number(rows):
    tamper("UPDATE oversight_entry SET seq = %s WHERE seq = %s", rows[-1] + 100, rows[5])

    report = check()

    assert [(fault.kind.name, fault.seq, fault.other) for fault in report.faults] == [
        ("MOVED", rows[-1] + 100, rows[5])
    ]


def test_names_a_seal_taken_from_the_middle(rows):
    tamper("DELETE FROM oversight_seal WHERE number = 2")

    assert named(check()) == [("SEALS_MISSING", 0, 2)]


def test_names_seals_taken_from_the_beginning(rows):
    tamper("DELETE FROM oversight_seal WHERE number < 3")

    assert [explain(fault) for fault in check().faults] == ["第 1 至第 2 号封条缺失。"]


def test_says_so_when_all_seals_are_gone(rows):
    tamper("DELETE FROM oversight_seal")

    assert named(check(checkpoints=checkpoints(checkpoint_file()))) == [("END_CUT_OFF", 0, 0)]


def test_sees_an_end_cut_off_by_what_was_noted(rows):
    tamper("DELETE FROM oversight_entry WHERE seq > %s", rows[19])
    tamper("DELETE FROM oversight_seal WHERE number = 3")

    assert check().is_whole
    assert named(check(checkpoints=checkpoints(checkpoint_file()))) == [("END_CUT_OFF", 0, 2)]


def test_sees_a_history_written_anew_with_the_right_key(rows):
    tamper("DELETE FROM oversight_seal WHERE number = 3")
    tamper("DELETE FROM oversight_entry WHERE seq = %s", rows[24])
    noted = Checkpoint(3, bytes(32))
    seal_entries(at=AT)

    assert check().is_whole
    assert named(check(checkpoints=[noted])) == [("HISTORY_REPLACED", 0, 3)]


def test_tells_a_changed_list_of_leaves_from_changed_rows(rows):
    tamper("UPDATE oversight_seal SET leaves = overlay(leaves placing '\\x00' from 20) WHERE number = 2")

    assert named(check()) == [("LEAVES_CHANGED", 0, 2)]


@pytest.mark.parametrize("change", ["at = at + interval '1 hour'", "size = 11", "root = sha256('')"])
def test_names_a_changed_seal(rows, change):
    tamper(f"UPDATE oversight_seal SET {change} WHERE number = 2")  # noqa: S608

    assert {("SEAL_CHANGED", 0, 2), ("SIGNATURE_WRONG", 0, 2)} <= set(named(check()))


def test_names_a_forged_signature(rows):
    tamper("UPDATE oversight_seal SET signature = sha512('') WHERE number = 3")

    assert named(check()) == [("SIGNATURE_WRONG", 0, 3)]


def test_names_where_the_chain_is_broken(rows):
    tamper("UPDATE oversight_seal SET hash = sha256('') WHERE number = 1")

    assert named(check()) == [("SEAL_CHANGED", 0, 1), ("CHAIN_BROKEN", 0, 2)]


def test_names_a_seal_that_leaves_a_gap(rows):
    tamper("UPDATE oversight_seal SET after = after + 1 WHERE number = 3")

    assert ("RANGE_BROKEN", 0, 3) in named(check())


def test_goes_on_under_a_new_key(rows):
    old = Seal.objects.get(number=3).fingerprint
    new = change_key(by=LIN, at=AT)
    seal_entries(at=AT)

    assert (Seal.objects.get(number=4).fingerprint, check().is_whole) == (new, True)
    assert new != old


def test_says_which_key_is_missing(rows, home):
    (home / "keys" / "audit.key").unlink()
    (home / "keys" / "audit.pub").unlink()
    seal_entries(at=AT)

    report = check()

    assert [(fault.kind.name, fault.seal) for fault in report.faults] == [
        ("KEY_UNKNOWN", 1),
        ("KEY_UNKNOWN", 2),
        ("KEY_UNKNOWN", 3),
    ]


def test_counts_what_it_does_not_name_one_by_one(rows, monkeypatch):
    monkeypatch.setattr("onegrid.oversight.rules.examination.MOST_NAMED", 5)
    tamper("UPDATE oversight_entry SET by = '某人'")

    report = check()

    assert (len(report.faults), report.unnamed) == (5, 25)


def test_gives_the_checkpoint_to_note_down(rows):
    assert check().last == Checkpoint(3, bytes(Seal.objects.get(number=3).hash))


def burn_a_number():
    tamper("SELECT nextval(pg_get_serial_sequence('oversight_entry', 'seq'))")


def swap(one, other):
    tamper(
        "UPDATE oversight_entry mine SET (code, target, by, unit, at, received_at, data) ="
        " (yours.code, yours.target, yours.by, yours.unit, yours.at, yours.received_at, yours.data)"
        " FROM oversight_entry yours WHERE mine.seq IN (%s, %s) AND yours.seq IN (%s, %s) AND mine.seq <> yours.seq",
        one, other, one, other,
    )  # fmt: skip
