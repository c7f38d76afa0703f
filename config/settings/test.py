"""Settings of the tests: a real PostgreSQL, cheap passwords, no compressed static files."""

import os

os.environ["ONEGRID_ACCESS_LOG"] = "no"  # a test that reads it turns it on
os.environ.setdefault("ONEGRID_SECRET_KEY", "only-for-tests")
os.environ.setdefault("ONEGRID_DATABASE_URL", "postgresql://nowhere.invalid/onegrid")  # type checks need no database

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, HOME, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "onegrid.core.files.SealedFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"]["OPTIONS"]["kept"] = 0
# The template holds the empty schema, which Django's test runner would not create.
DATABASES["default"]["TEST"] = {"TEMPLATE": "onegrid_empty"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
SNAPSHOT_SECONDS = 0  # every request looks, so that query counts do not depend on the clock
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files straight from the source
TIPS_PUZZLE_BITS = 4  # who tests has no patience
MODELS = HOME / "no-models"  # what was trained here does not speak in tests
