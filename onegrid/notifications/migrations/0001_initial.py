import datetime
import django.db.models.deletion
import onegrid.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What people are told, what leaves the site, and how each wants it."""

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Told',
            fields=[
                ('digest', models.UUIDField(editable=False, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Browser',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('endpoint', models.CharField(max_length=1000, unique=True)),
                ('key', models.BinaryField(max_length=65)),
                ('auth', models.BinaryField(max_length=16)),
                ('added_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='InboxEntry',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('path', models.CharField(max_length=200)),
                ('data', models.JSONField(default=dict)),
                ('is_urgent', models.BooleanField(default=False)),
                ('weight', models.SmallIntegerField(default=0)),
                ('told_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('id', models.UUIDField(default=onegrid.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('is_urgent', models.BooleanField()),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('push', 'Push message'), ('sms', 'Text message')], max_length=8)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('given_up', 'Given Up'), ('dropped', 'Dropped')], default='waiting', max_length=10)),
                ('message_id', models.UUIDField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=80)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outgoing', to='notifications.inboxentry')),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('new_email', models.EmailField(blank=True, max_length=254)),
                ('new_email_at', models.DateTimeField(blank=True, null=True)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('quiet_from', models.TimeField(blank=True, default=datetime.time(22, 0), null=True)),
                ('quiet_until', models.TimeField(blank=True, default=datetime.time(7, 0), null=True)),
                ('channels', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False), models.Q(('quiet_from', models.F('quiet_until')), _negated=True)), _connector='OR'), name='quiet_hours_have_two_ends')],
            },
        ),
        migrations.AddIndex(
            model_name='inboxentry',
            index=models.Index(fields=['recipient', '-told_at', '-id'], name='inbox_newest_first'),
        ),
        migrations.AddIndex(
            model_name='inboxentry',
            index=models.Index(models.F('recipient'), condition=models.Q(('read_at__isnull', True)), name='inbox_unread'),
        ),
        migrations.AddIndex(
            model_name='inboxentry',
            index=models.Index(models.F('read_at'), condition=models.Q(('read_at__isnull', False)), name='inbox_read_at'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(models.F('channel'), models.F('next_try_at'), condition=models.Q(('state', 'waiting')), name='outgoing_due'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(models.F('settled_at'), condition=models.Q(('state', 'sending')), name='outgoing_under_way'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(condition=models.Q(('state', 'sent')), fields=['recipient', 'kind', '-settled_at'], name='outgoing_sent'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(models.F('settled_at'), condition=models.Q(('state', 'given_up')), name='outgoing_given_up'),
        ),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'given_up', 'dropped'])), name='outgoing_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'push', 'sms'])), name='outgoing_channel_is_known'),
        ),
    ]
