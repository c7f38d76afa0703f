"""Which reports stand in whose account."""

from django.db import models

from onegrid.cases.public import Report
from onegrid.core.ids import new_id
from onegrid.residents.models.account import Account


class Holding(models.Model):
    """
    A report in an account, with the secret of its private link, sealed.

    Nothing leads from a report or case to here: whoever handles it does not learn that it stands in an account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="holdings")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    sealed_link = models.BinaryField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "report"], name="resident_holds_a_report_once"),)

    def __str__(self) -> str:
        return str(self.id)
