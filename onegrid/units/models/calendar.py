"""Working time: weekly tables that units follow, days set otherwise, and public holidays no library knows."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from onegrid.core.ids import new_id


class HolidaySource(models.TextChoices):
    """Which public holidays a working-time table observes."""

    CHINA = "china", "国务院公布的节假日"  # from the library; a year that the district gives replaces the library's
    DISTRICT = "district", "本区自定的节假日"
    NONE = "none", "节假日照常"


class CalendarQuerySet(models.QuerySet["Calendar"]):
    def standing(self) -> Self:
        """Those that the district still has."""
        return self.filter(closes_on__isnull=True)


class Calendar(models.Model):
    """
    A working-time table of a week, followed by units.

    `weekly` holds `{"1": [["08:30", "12:00"], …], …}` by ISO weekday; a weekday
    that is not there is a day of rest. The default one is followed by units that
    have none, nor anybody above them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    weekly = models.JSONField()
    holidays = models.CharField(max_length=8, choices=HolidaySource)
    is_default = models.BooleanField(default=False)
    closes_on = models.DateField(null=True, blank=True)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=Q(closes_on__isnull=True), name="calendar_code_is_unique_while_standing"
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True, closes_on__isnull=True),
                name="calendar_has_one_default",
            ),
            models.CheckConstraint(
                condition=Q(holidays__in=HolidaySource.values), name="calendar_source_of_holidays_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """
    A day that somebody set otherwise, for a whole calendar or for one unit; one of a unit goes before its calendar's.

    `spans` is the working time of the day where it is not the usual one. Loading a pack leaves it alone.
    One that is withdrawn stays: it counted from when it was set until then, or never if that was before it began.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="days")
    unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_working = models.BooleanField()
    spans = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200)
    # Who, by the names of that day, as the audit trail keeps them.
    set_by = models.CharField(max_length=100)
    set_by_unit = models.CharField(max_length=100, blank=True)
    set_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_by_unit = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(
                condition=Q(calendar__isnull=True, unit__isnull=False) | Q(calendar__isnull=False, unit__isnull=True),
                name="calendar_day_is_of_a_calendar_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(is_working=True) | Q(spans=[]), name="calendar_day_of_rest_has_no_working_time"
            ),
            models.UniqueConstraint(
                fields=["calendar", "day"], condition=Q(withdrawn_at__isnull=True), name="calendar_day_is_set_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="calendar_day_is_set_once_for_a_unit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"

    @property
    def never_counted(self) -> bool:
        """Whether it was withdrawn before it began."""
        return self.withdrawn_at is not None and localdate(self.withdrawn_at) < self.day


class FormerKind(models.TextChoices):
    """What about calendars was another; the rules call it `Superseded`."""

    WEEK = "week", "工作时间表"
    FOLLOWED = "followed", "所适用的日历"
    HOLIDAYS = "holidays", "节假日"


class FormerCalendar(models.Model):
    """
    What something about calendars was until somebody changed it: time until then is reckoned by it, for ever.

    Of a calendar `was` holds its `weekly` and `holidays`; of a unit, or of the district where there is no unit, the
    `calendar` it followed and the `units` whose own days counted for it; of the public holidays that the district
    gives, all `days`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    what = models.CharField(max_length=8, choices=FormerKind)
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    was = models.JSONField()
    until = models.DateTimeField()
    # Who, by the names of that day, as the audit trail keeps them.
    changed_by = models.CharField(max_length=100)
    changed_by_unit = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("until", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(what=FormerKind.WEEK, calendar__isnull=False, unit__isnull=True)
                | Q(what=FormerKind.FOLLOWED, calendar__isnull=True)
                | Q(what=FormerKind.HOLIDAYS, calendar__isnull=True, unit__isnull=True),
                name="former_calendar_is_of_what_it_says",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.until:%Y-%m-%d %H:%M}"


class HolidayEdition(models.Model):
    """
    The public holidays of one edition of the library, as they were noted: all of the first, of later ones what is new.

    Those of an edition count from when it was noted, those of the first from the beginning.
    """

    name = models.CharField(max_length=60, primary_key=True)
    days = models.JSONField()
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("noted_at",)

    def __str__(self) -> str:
        return self.name


class PublicHoliday(models.Model):
    """A public holiday, or a workday that makes up for one, which the district gives for want of a library's."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField(default=False)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
