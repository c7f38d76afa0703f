"""Settings of every installation. What differs between installations is read from the environment."""

import re
import sys
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages
from django.core.exceptions import ImproperlyConfigured
from jinja2 import StrictUndefined
from psycopg.conninfo import conninfo_to_dict

from config.settings import environment as env

django_stubs_ext.monkeypatch()  # generic Django classes may be subscripted from here on

ROOT = Path(__file__).parents[2]
HOME = env.folder("ONEGRID_HOME", ROOT / "var")

# --- the district -----------------------------------------------------------
SCHEMA = env.text("ONEGRID_SCHEMA", "onegrid")
if not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", SCHEMA):
    message = f"ONEGRID_SCHEMA must be lower-case letters, digits and underscores, not {SCHEMA!r}."
    raise ImproperlyConfigured(message)
PACK = env.folder("ONEGRID_PACK", ROOT / "packs" / "ouhai")

# --- security ---------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.text("ONEGRID_SECRET_KEY")
ALLOWED_HOSTS = env.words("ONEGRID_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("ONEGRID_TRUSTED_ORIGINS")
BEHIND_TLS = env.flag("ONEGRID_BEHIND_TLS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # one shift
CSRF_FAILURE_VIEW = "onegrid.core.web.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- what it is made of ------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "onegrid.core",
    "onegrid.live",
    "onegrid.geography",
    "onegrid.oversight",
    "onegrid.units",
    "onegrid.accounts",
    "onegrid.notifications",
    "onegrid.catalogue",
    "onegrid.cases",
    "onegrid.dispatch",
    "onegrid.triage",
    "onegrid.calls",
    "onegrid.following",
    "onegrid.residents",
    "onegrid.tips",
    "onegrid.portal",
    "onegrid.open311",
    "onegrid.channels",
    "onegrid.workspace",
    "onegrid.exchange",
    "onegrid.packs",
    "onegrid.demonstration",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "onegrid.core.web.health.answer_probes",
    "onegrid.core.web.request_ids.request_ids",
    "onegrid.core.web.metering.metered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onegrid.core.web.policy.content_security_policy",
    "onegrid.core.web.kept_pages.kept_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "onegrid.core.api.problems.ProblemsForApi",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # closed unless a view says otherwise
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "onegrid.accounts.web.second_factor.AdministratorsNeedASecondFactor",
    "onegrid.accounts.web.refusals.refusals_are_noted",
    "onegrid.core.web.errors.DomainErrorPages",
    "onegrid.core.snapshots.FreshSnapshots",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
    {  # for what a desk sees all day
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "onegrid.core.quick_templates.QuickTemplates", "undefined": StrictUndefined},
    },
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the database -------------------------------------------------------------
DATABASE_URL = env.text("ONEGRID_DATABASE_URL")
_connection = {key: str(value) for key, value in conninfo_to_dict(DATABASE_URL).items() if value is not None}
_names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "onegrid.core.postgres.lasting",
        **{_names[key]: value for key, value in _connection.items() if key in _names},
        "OPTIONS": {
            **{key: value for key, value in _connection.items() if key not in {*_names, "options"}},
            # One district, one schema: no SQL names it, the connection chooses it.
            "options": f"-c search_path={SCHEMA} -c timezone=UTC -c jit=off",
            "kept": env.number("ONEGRID_DATABASE_CONNECTIONS", 8),
        },
    }
}
SNAPSHOT_SECONDS = 2  # how old the areas, units, categories and rules in memory may be
PROCRASTINATE_ON_APP_READY = "config.schedule.register"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Beyond that others push out what limits have counted of one; what has run out is taken away every few minutes.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- language and time ----------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.zone("ONEGRID_TIME_ZONE", "Asia/Shanghai")

# --- messages after an action, by the note's look ---
MESSAGE_TAGS = {
    messages.INFO: "og-note--accent",
    messages.SUCCESS: "og-note--g",
    messages.WARNING: "og-note--y",
    messages.ERROR: "og-note--r",
}

# --- files ----------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "onegrid.core.files.SealedFileStorage"},
    "staticfiles": {"BACKEND": "onegrid.core.static_storage.HashedStaticFiles"},
}
MEDIA_ROOT = HOME / "files"
RESUMABLE_UPLOADS = HOME / "uploads"  # files that arrive in pieces; every web process must see the same folder
MODELS = HOME / "models"  # what suggests categories, once it is trained
UPLOAD_LIMIT = env.number("ONEGRID_UPLOAD_LIMIT_MB", 20) * 1024 * 1024  # bytes of one file that is not a video
VIDEO_LIMIT = env.number("ONEGRID_VIDEO_LIMIT_MB", 100) * 1024 * 1024  # bytes of one video
VOICE_SECONDS = env.number("ONEGRID_VOICE_SECONDS", 300, least=1)  # of a recording that a resident sends
VIDEO_SECONDS = env.number("ONEGRID_VIDEO_SECONDS", 120, least=1)
UPLOAD_REQUEST_LIMIT = max(VIDEO_LIMIT, 6 * UPLOAD_LIMIT) + 1024 * 1024  # bytes of a body with all its files
FILE_UPLOAD_HANDLERS = [
    "onegrid.core.media.reception.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of a body without its files

# --- limits -----------------------------------------------------------------------
# Forms of a report that one source may send in an hour. A whole street of phones behind one address of a mobile network
# has room on the day of a storm; a program that floods has used it up in seconds.
REPORTS_PER_HOUR = env.number("ONEGRID_REPORTS_PER_HOUR", 200)

# --- confidential tips -----------------------------------------------------------
DISCREET_PATHS = ("/tips/",)  # of which nothing is noted, see docs/explanation/tips.md
TIPS_PUZZLE_BITS = 15  # of each of a puzzle's sixteen parts: two to five seconds on a phone

# --- sign-in ---------------------------------------------------------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["onegrid.accounts.web.backend.SessionBackend"]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False  # desks are shared: the session ends with the browser, at the latest with the shift
ACCOUNT_ADAPTER = "onegrid.accounts.web.adapter.SignInAdapter"
ACCOUNT_FORMS = {
    "login": "onegrid.accounts.web.forms.SignInForm",
    "reauthenticate": "onegrid.accounts.web.forms.PasswordAgainForm",
    "change_password": "onegrid.accounts.web.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
MFA_ADAPTER = "onegrid.accounts.web.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "onegrid.accounts.web.forms.CodeForm",
    "reauthenticate": "onegrid.accounts.web.forms.CodeOnceMoreForm",
    "activate_totp": "onegrid.accounts.web.forms.FirstCodeForm",
}
MFA_TOTP_ISSUER = "OneGrid"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# --- notices: by e-mail, by text message, by web push; off unless set ---------------------
PUSH_SERVICES = (  # of Chrome and Edge, Firefox, Safari, Edge on Windows
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    ".notify.windows.com",
)
EMAIL_HOST = env.text("ONEGRID_SMTP_HOST", "")
EMAIL_SECURITY = env.choice("ONEGRID_SMTP_SECURITY", "starttls", among=("starttls", "tls", "none"))
EMAIL_PORT = env.number("ONEGRID_SMTP_PORT", {"starttls": 587, "tls": 465, "none": 25}[EMAIL_SECURITY])
EMAIL_HOST_USER = env.text("ONEGRID_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("ONEGRID_SMTP_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = env.text("ONEGRID_EMAIL_FROM", "onegrid@localhost")
# A demonstration without a mail server writes its mails into files, so that nobody is written to.
MAIL_FOLDER = HOME / "mails" if env.flag("ONEGRID_DEMONSTRATION", default=False) and not EMAIL_HOST else None
if MAIL_FOLDER:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", MAIL_FOLDER
SMS_URL = env.url("ONEGRID_SMS_URL")
SMS_SECRET = env.text("ONEGRID_SMS_SECRET", "")
PUSH_CONTACT = env.text("ONEGRID_PUSH_CONTACT", "")
PUSH_HOSTS = env.words("ONEGRID_PUSH_HOSTS", ",".join(PUSH_SERVICES))
SITE_URL = env.url("ONEGRID_SITE_URL").rstrip("/")

# --- doors that people write to from elsewhere; closed unless set ---------------------------
WECHAT_TOKEN = env.text("ONEGRID_WECHAT_TOKEN", "")
WECHAT_APP_ID = env.text("ONEGRID_WECHAT_APP_ID", "")
WECHAT_SECRET = env.text("ONEGRID_WECHAT_SECRET", "")
WECHAT_AES_KEY = env.text("ONEGRID_WECHAT_AES_KEY", "")
WECHAT_API_URL = (env.url("ONEGRID_WECHAT_API_URL") or "https://api.weixin.qq.com").rstrip("/")
WECHAT_TEMPLATE = env.text("ONEGRID_WECHAT_TEMPLATE", "")
WECHAT_TEMPLATE_FIELDS = env.words(
    "ONEGRID_WECHAT_TEMPLATE_FIELDS", "number=character_string1,what=thing2,moment=time3"
)
MAIL_ADDRESS = env.text("ONEGRID_MAIL_ADDRESS", "")
IMAP_HOST = env.text("ONEGRID_IMAP_HOST", "")
IMAP_PORT = env.number("ONEGRID_IMAP_PORT", 993)
IMAP_USER = env.text("ONEGRID_IMAP_USER", "")
IMAP_PASSWORD = env.text("ONEGRID_IMAP_PASSWORD", "")

SESSION_ENGINE = "onegrid.core.sessions"

# --- live updates ----------------------------------------------------------------
LIVE_PORT = env.number(
    "ONEGRID_LIVE_PORT", 0, least=0
)  # `up` sets it to the port it has found; without one pages just ask
LIVE_URL = env.text("ONEGRID_LIVE_URL", "")

# --- what this installation tells of itself -------------------------------------
DISTRICT_IS_DEMONSTRATION = env.flag("ONEGRID_DEMONSTRATION", default=False)

# --- what an operator watches -----------------------------------------------------
METRICS_TOKEN = env.text("ONEGRID_METRICS_TOKEN", "")
SLOW_QUERY_SECONDS = env.number("ONEGRID_SLOW_QUERY_MS", 1000) / 1000

# --- the log ---------------------------------------------------------------------
# Whoever starts it by hand wants to read what it says; a journal or a container wants every request.
ACCESS_LOG = env.flag("ONEGRID_ACCESS_LOG", default=not sys.stderr.isatty())
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "onegrid.core.json_log.JsonLines"}},
    "filters": {
        "no_private_links": {"()": "config.logs.NoPrivateLinks"},
        "callers_faults": {"()": "config.logs.CallersFaults"},
    },
    "handlers": {
        "lines": {
            "class": "logging.StreamHandler",
            "formatter": "lines",
            "filters": ["no_private_links", "callers_faults"],
        }
    },
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # What was refused is in the trail, and the address of a refused page may be somebody's private link.
        "django.request": {"level": "ERROR"},
        "onegrid.access": {"level": "INFO" if ACCESS_LOG else "ERROR"},
    },
}
