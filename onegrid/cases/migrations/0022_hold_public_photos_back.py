"""Photos that are public come back once they were looked through: their copies until now show faces and plates."""

from django.db import migrations

FORWARD = """
UPDATE cases_evidence SET copy_state = 'waiting', public_sha256 = '' WHERE kind = 'photo' AND is_public;
UPDATE cases_evidence SET public_sha256 = '' WHERE public_sha256 <> '' AND NOT is_public;
"""
# The way back leaves the covered copies where they are: an earlier version then shows those, and not what they cover.
BACKWARD = migrations.RunSQL.noop


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0021_public_copies'),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
