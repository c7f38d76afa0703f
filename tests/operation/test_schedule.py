"""What happens by itself."""

from procrastinate.contrib.django import app

from config.schedule import SCHEDULE


def test_everything_on_it_is_a_task():
    assert {entry.task for entry in SCHEDULE} <= set(app.tasks)


def test_the_queue_knows_all_of_it():
    assert len(app.periodic_registry.periodic_tasks) == len(SCHEDULE)
