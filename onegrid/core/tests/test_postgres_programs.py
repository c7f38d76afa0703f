import pytest

from onegrid.core.postgres.errors import NoProgramsError
from onegrid.core.postgres.programs import find_programs


def programs_saying(folder, version):
    folder.mkdir()
    for name in ("postgres", "initdb", "pg_ctl"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_chosen_folder_comes_before_everything(tmp_path):
    assert find_programs(chosen=programs_saying(tmp_path / "bin", "17.2")).major == 17


def test_the_wheel_is_used_when_nothing_is_chosen():
    assert find_programs().origin == "wheel"


def test_an_old_version_is_refused_with_a_way_out(tmp_path):
    with pytest.raises(NoProgramsError, match=r"No PostgreSQL 15 or newer was found in .*ONEGRID_DATABASE_URL"):
        find_programs(chosen=programs_saying(tmp_path / "bin", "14.9"))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(NoProgramsError, match="set by ONEGRID_POSTGRES_BIN"):
        find_programs(chosen=tmp_path)


def test_data_of_another_version_is_left_alone(tmp_path):
    with pytest.raises(NoProgramsError, match="written by PostgreSQL 16, but only 17 was found"):
        find_programs(chosen=programs_saying(tmp_path / "bin", "17.2"), data_major=16)
