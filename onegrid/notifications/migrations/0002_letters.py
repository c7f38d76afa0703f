import django.db.models.deletion
import onegrid.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Messages to people without an account."""

    dependencies = [
        ('notifications', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('push', 'Push message'), ('sms', 'Text message')], max_length=8)),
                ('address', models.CharField(max_length=1000)),
                ('key', models.BinaryField(default=bytes, max_length=65)),
                ('auth', models.BinaryField(default=bytes, max_length=16)),
                ('language', models.CharField(max_length=10)),
                ('ground', models.CharField(default='consent', max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('channel', 'address'), name='subscriber_is_kept_once'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'push'])), name='subscriber_channel_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('path', models.CharField(max_length=300)),
                ('stop_path', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('given_up', 'Given Up'), ('dropped', 'Dropped')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='notifications.subscriber')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='letter_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['settled_at'], name='letter_under_way')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'given_up', 'dropped'])), name='letter_state_is_known')],
            },
        ),
    ]
