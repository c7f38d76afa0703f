import django.db.models.deletion
import onegrid.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who follows what."""

    initial = True

    dependencies = [
        ('notifications', '0002_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'A case'), ('place', 'A place'), ('around', 'Around a point'), ('category', 'A kind of matter'), ('all', 'Everything public')], max_length=10)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('told_until', models.DateTimeField()),
                ('last_told_at', models.DateTimeField(blank=True, null=True)),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notifications.subscriber')),
            ],
            options={
                'indexes': [models.Index(models.F('told_until'), condition=models.Q(('confirmed_at__isnull', False)), name='follow_to_tell')],
                'constraints': [models.UniqueConstraint(fields=('reader', 'kind', 'code'), name='follow_is_kept_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['case', 'place', 'around', 'category', 'all'])), name='follow_kind_is_known')],
            },
        ),
    ]
