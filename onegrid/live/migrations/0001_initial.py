"""What has changed, for a day, and who tells it."""

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

import onegrid.live.models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Relay",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
                ("clients", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "xid",
                    onegrid.live.models.TransactionField(
                        db_default=onegrid.live.models.CurrentTransaction(), editable=False
                    ),
                ),
                ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField()),
                ("area_path", models.CharField(max_length=80)),
                (
                    "unit_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("person_id", models.UUIDField(null=True)),
                ("before", models.JSONField(null=True)),
            ],
            options={"indexes": [models.Index("xid", name="change_xid")]},
        ),
    ]
