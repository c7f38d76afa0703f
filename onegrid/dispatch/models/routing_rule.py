"""Routing rules as data: category × area × level × time gives the units."""

from django.db import models
from django.db.models import F, Q

from onegrid.core.ids import new_id
from onegrid.dispatch.models.dispute import Dispute


class RoutingRule(models.Model):
    """
    One sentence of the routing table: such a matter, there and then, goes to this unit.

    An empty condition always holds. `lead` and each of `support` is either a
    function (`@fire`: the nearest unit with it, seen from the place) or the code
    of one unit. `weekdays` lists ISO weekdays (1 Monday); `from_time` later than
    `to_time` means over midnight. The most specific matching rule wins; of equal ones that
    which was made from a decided dispute. Rules with a `dispute` were made here by a person and
    are never part of a pack; ended, they stay with the day from which they hold no more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    category_code = models.CharField(max_length=120, blank=True)
    area_code = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, blank=True)
    weekdays = models.JSONField(default=list, blank=True)
    from_time = models.TimeField(null=True, blank=True)
    to_time = models.TimeField(null=True, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    lead = models.CharField(max_length=60)
    support = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=200, blank=True)
    dispute = models.ForeignKey(Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    made_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True)
                | Q(closes_on__gt=F("opens_on"))
                | Q(closes_on=F("opens_on"), dispute__isnull=False),  # ended before it ever held
                name="routing_rule_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, to_time__isnull=True)
                | Q(from_time__isnull=False, to_time__isnull=False),
                name="routing_rule_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(dispute__isnull=True, made_by__isnull=True, made_at__isnull=True)
                | Q(dispute__isnull=False, made_by__isnull=False, made_at__isnull=False),
                name="routing_rule_made_here_says_by_whom",
            ),
        )

    def __str__(self) -> str:
        return self.code
