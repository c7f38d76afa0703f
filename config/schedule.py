"""What happens by itself, and when. The times are those of the server's clock, in UTC."""

from dataclasses import dataclass

from procrastinate import App


@dataclass(frozen=True)
class Entry:
    """A task and when it is due, as cron writes it; a sixth field would be seconds."""

    task: str
    cron: str


SCHEDULE = (
    Entry("onegrid.oversight.tasks.seal", "* * * * *"),
    Entry("onegrid.cases.tasks.fold", "* * * * *"),
    Entry("onegrid.cases.tasks.resume", "* * * * *"),
    Entry("onegrid.cases.tasks.turn_draw_months", "1 * * * *"),
    Entry("onegrid.cases.tasks.recompute", "* * * * *"),
    Entry("onegrid.units.tasks.note_holidays", "11 * * * *"),
    Entry("onegrid.cases.tasks.ask_to_look", "* * * * *"),
    Entry("onegrid.dispatch.tasks.sweep", "* * * * *"),
    Entry("onegrid.following.tasks.tell", "* * * * *"),
    Entry("onegrid.residents.tasks.tell", "* * * * *"),
    Entry("onegrid.dispatch.tasks.sweep_orders", "* * * * *"),
    Entry("onegrid.notifications.tasks.tend", "* * * * *"),
    Entry("onegrid.core.tasks.rescue_stalled_jobs", "* * * * *"),
    Entry("onegrid.core.tasks.remove_expired_sessions", "17 19 * * *"),
    Entry("onegrid.core.tasks.remove_first_answers", "27 19 * * *"),
    Entry("onegrid.core.tasks.forget_attempts_and_cached", "*/5 * * * *"),
    Entry("onegrid.core.tasks.sweep_uploads", "27 * * * *"),
    Entry("onegrid.following.tasks.end", "7 * * * *"),
    Entry("onegrid.residents.tasks.end", "13 * * * *"),
    Entry("onegrid.live.tasks.trim", "37 * * * *"),
    Entry("onegrid.calls.tasks.end", "3 * * * *"),
    Entry("onegrid.calls.tasks.forget", "27 20 * * *"),
    Entry("onegrid.tips.tasks.forget", "7 * * * *"),
    Entry("onegrid.tips.tasks.drop", "47 19 * * *"),
    Entry("onegrid.tips.tasks.warn", "37 18 * * *"),
    Entry("onegrid.tips.tasks.delete", "57 19 * * *"),
    Entry("onegrid.channels.tasks.fetch", "* * * * *"),
    Entry("onegrid.channels.tasks.tend", "43 * * * *"),
    Entry("onegrid.channels.tasks.forget", "53 19 * * *"),
    Entry("onegrid.tips.tasks.write", "17 20 * * *"),
    Entry("onegrid.workspace.tasks.remove_batches", "37 19 * * *"),
    Entry("onegrid.notifications.tasks.forget", "47 19 * * *"),
)


def register(app: App) -> None:
    """Tell the queue; called once when Django is ready, in every process. Only workers act on it."""
    for entry in SCHEDULE:
        app.periodic(cron=entry.cron)(app.tasks[entry.task])
