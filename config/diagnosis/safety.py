"""Checks of the settings: what is right for a demonstration and unsafe for everything else."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

from config.diagnosis import Finding

SHORTEST_SECRET, FEWEST_CHARACTERS, SHORTEST_TOKEN = 40, 10, 16
NEAR = {"localhost", "127.0.0.1", "[::1]"}


def debugging() -> Finding:
    """Check that faults do not show their insides to whoever meets them."""
    mend = "Use DJANGO_SETTINGS_MODULE=config.settings.production." if settings.DEBUG else ""
    return Finding("Debugging", "on" if settings.DEBUG else "off", mend)


def secret() -> Finding:
    """Check that nobody guesses the key that signs sessions and links."""
    key = str(settings.SECRET_KEY)
    is_strong = len(key) >= SHORTEST_SECRET and len(set(key)) >= FEWEST_CHARACTERS
    mend = "Remove ONEGRID_SECRET_KEY, and one is made; or give it 50 random characters." if not is_strong else ""
    return Finding("Secret", f"{len(key)} characters", mend)


def names() -> Finding:
    """Check that the site answers to its own names alone."""
    found = settings.ALLOWED_HOSTS
    mend = "Name them in ONEGRID_ALLOWED_HOSTS: with * anybody's links can lead to us." if "*" in found else ""
    return Finding("Names", ", ".join(found), mend)


def encryption() -> Finding:
    """Check that whoever comes from elsewhere comes through TLS."""
    if settings.BEHIND_TLS:
        open_ones = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
        mend = f"Take {open_ones[0]} out of ONEGRID_TRUSTED_ORIGINS." if open_ones else ""
        return Finding("TLS", "by a proxy in front", mend)
    far = sorted(set(settings.ALLOWED_HOSTS) - NEAR)
    mend = "Put a TLS proxy in front and set ONEGRID_BEHIND_TLS=1: deploy/nginx.conf is an example." if far else ""
    return Finding("TLS", "none, reached from this machine only" if not far else f"none, but answers to {far[0]}", mend)


def figures() -> Finding:
    """Check that nobody guesses the token that opens the figures."""
    token = settings.METRICS_TOKEN
    mend = "Give ONEGRID_METRICS_TOKEN 16 random characters or more." if 0 < len(token) < SHORTEST_TOKEN else ""
    return Finding("Figures", "with a token" if token else "from this machine only", mend)


def mail() -> Finding:
    """Check that mail is encrypted on its way, and that its links lead back."""
    if not settings.EMAIL_HOST:
        return Finding("E-mail", "off")
    is_open = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST not in NEAR
    mend = "Use ONEGRID_SMTP_SECURITY=starttls or tls." if is_open else ""
    if not settings.SITE_URL:
        mend = "Set ONEGRID_SITE_URL, or the links in mail lead nowhere."
    return Finding("E-mail", f"by {settings.EMAIL_HOST}", mend)


def text_messages() -> Finding:
    """Check that the gateway of text messages can tell that they come from us, and that nobody reads them."""
    if not settings.SMS_URL:
        return Finding("Text messages", "off")
    if len(settings.SMS_SECRET) < SHORTEST_TOKEN:
        return Finding("Text messages", "without a secret", "Give ONEGRID_SMS_SECRET 16 random characters or more.")
    parts = urlsplit(settings.SMS_URL)
    is_open = parts.scheme == "http" and parts.hostname not in NEAR
    return Finding("Text messages", f"by {parts.hostname}", "Use https in ONEGRID_SMS_URL." if is_open else "")


CHECKS: tuple[Callable[[], Finding], ...] = (debugging, secret, names, encryption, figures, mail, text_messages)


def findings() -> list[Finding]:
    """Run every check; on a demonstration they are told and nothing is to mend."""
    found = [check() for check in CHECKS]
    if settings.DISTRICT_IS_DEMONSTRATION:
        return [Finding(finding.title, finding.said) for finding in found]
    return found
