import django.db.models.deletion
import onegrid.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Texts that officers begin from where a step asks for words."""

    dependencies = [
        ('cases', '0006_indexes_for_every_filter'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(blank=True, max_length=60, null=True, unique=True)),
                ('step', models.CharField(choices=[('accept', 'Accept'), ('refuse', 'Do not accept'), ('return', 'Return'), ('report_back', 'Report back'), ('close', 'Close')], max_length=12)),
                ('category_code', models.CharField(blank=True, max_length=120)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=60)),
                ('text', models.TextField()),
                ('text_en', models.TextField(blank=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('step__in', ['accept', 'refuse', 'return', 'report_back', 'close'])), name='reply_template_step_is_known')],
            },
        ),
    ]
