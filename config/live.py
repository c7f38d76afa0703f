"""The relay as the server loads it: Django's settings, but none of its apps."""

import os
import signal

from django.conf import settings
from django.utils.log import configure_logging
from psycopg import AsyncConnection

from onegrid.core.processes import end_with_parent
from onegrid.live.web.relay import Relay

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")


async def connect() -> AsyncConnection:
    """Open the one connection that the relay needs."""
    options = f"-c search_path={settings.SCHEMA} -c timezone=UTC -c jit=off"
    return await AsyncConnection.connect(
        settings.DATABASE_URL, autocommit=True, options=options, application_name="onegrid relay"
    )


configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
application = Relay(connect)
end_with_parent(signal.SIGTERM, parent=os.getppid())  # a killed server leaves nobody on its port
