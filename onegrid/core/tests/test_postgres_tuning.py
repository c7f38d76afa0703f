from onegrid.core.postgres.tuning import MB, memory, settings, write_settings


def test_a_small_machine_keeps_most_of_its_memory():
    chosen = settings(ram=1024 * MB, processors=1, durable=True)

    assert (chosen["shared_buffers"], chosen["work_mem"], chosen["max_connections"]) == ("170MB", "4MB", "100")


def test_a_large_machine_gives_no_more_than_is_of_use():
    chosen = settings(ram=256 * 1024 * MB, processors=64, durable=True)

    assert (chosen["shared_buffers"], chosen["maintenance_work_mem"]) == ("4096MB", "512MB")
    assert int(chosen["max_connections"]) > 64 * 8


def test_only_a_server_for_tests_forgets_when_the_power_goes():
    assert "fsync" not in settings(ram=memory(), processors=2, durable=True)
    assert settings(ram=memory(), processors=2, durable=False)["fsync"] == "off"


def test_settings_are_written_as_postgresql_reads_them(tmp_path):
    write_settings(tmp_path / "onegrid.conf", {"work_mem": "16MB", "jit": "off"})

    assert (tmp_path / "onegrid.conf").read_text().splitlines()[1:] == ["work_mem = '16MB'", "jit = 'off'"]
