"""The web application as the server loads it, once in each of its processes."""

import os
import signal
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.settings import environment as env
from config.settings import web
from onegrid.core.door import Door
from onegrid.core.processes import end_with_parent, keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = Door(get_wsgi_application(), hands=web.HANDS, waiting=web.WAITING)

if folder := env.text("ONEGRID_RUN_FOLDER", ""):
    get_resolver().url_patterns  # noqa: B018  # imports every view now and not with the first request
    end_with_parent(signal.SIGTERM, parent=os.getppid())  # a killed web server leaves no worker on its port
    keep_what_is_loaded()
    Path(folder, str(os.getpid())).touch()  # says: this one has loaded
