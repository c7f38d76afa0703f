import django.db.models.deletion
import onegrid.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Filters under a name, and steps on many cases with what became of each."""

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_initial'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('action', models.CharField(choices=[('accept', 'Accept'), ('file', 'File'), ('dispatch', 'Dispatch'), ('return', 'Return')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('query', models.TextField(blank=True)),
                ('asked_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('named', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('choice', models.CharField(blank=True, max_length=120)),
                ('result', models.CharField(choices=[('waiting', 'Not done yet'), ('done', 'Done'), ('refused', 'Refused')], default='waiting', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='workspace.batch')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('query', models.TextField()),
                ('saved_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='StartPage',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('filter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.savedfilter')),
            ],
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['by', '-created_at'], name='batch_by'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['created_at'], name='batch_created'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['accept', 'file', 'dispatch', 'return'])), name='batch_action_is_known'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'position'), name='batch_item_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(('result__in', ['waiting', 'done', 'refused'])), name='batch_item_result_is_known'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('result', 'refused'), _connector='OR'), name='batch_item_without_case_is_refused'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='saved_filter_name_is_used_once'),
        ),
    ]
