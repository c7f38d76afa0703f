"""The page of settings. What each is for stands here; a test compares the names with those the code reads."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
READERS = {"choice", "url", "text", "flag", "number", "words", "folder", "zone"}

SETTINGS: dict[str, tuple[str, str]] = {
    "HOST": (
        "127.0.0.1",
        "The address that `onegrid up` and `onegrid web` listen on; 0.0.0.0 for every one of this machine.",
    ),
    "PORT": ("8000", "The port they listen on."),
    "ONEGRID_HOME": (
        "`var` in the checkout",
        "The folder that holds everything an installation keeps. `onegrid backup` copies what matters.",
    ),
    "ONEGRID_PACK": ("`packs/ouhai`", "The folder of the district: areas, units, categories, routing."),
    "ONEGRID_SCHEMA": ("onegrid", "The PostgreSQL schema of this district. Several districts share a database by it."),
    "ONEGRID_DATABASE_CONNECTIONS": ("8", "The most connections each web process keeps while they rest."),
    "ONEGRID_DATABASE_URL": (
        "none: the embedded server",
        "A PostgreSQL 15 or newer of your own, such as `postgresql://user:password@host/onegrid`.",
    ),
    "ONEGRID_POSTGRES_BIN": (
        "the wheel's, else the newest installed",
        "The folder of the PostgreSQL programs that the embedded server uses.",
    ),
    "ONEGRID_SECRET_KEY": ("made at the first start", "Signs sessions and links. Kept in `ONEGRID_HOME/secret_key`."),
    "ONEGRID_ALLOWED_HOSTS": (
        "this machine's names",
        "The names people use for this site, with commas. Requests for others are refused.",
    ),
    "ONEGRID_TRUSTED_ORIGINS": ("none", "Other origins whose forms are accepted, such as `https://grid.example.org`."),
    "ONEGRID_BEHIND_TLS": ("no", "Yes if a proxy in front speaks HTTPS and sets `X-Forwarded-Proto`."),
    "ONEGRID_WEB_WORKERS": ("one per processor", "How many web processes there are."),
    "ONEGRID_WEB_THREADS": ("8", "How many requests each web process works on at one time."),
    "ONEGRID_WEB_WAITING": ("32", "How many more wait at its door; all others are told to come back (503)."),
    "ONEGRID_REPORTS_PER_HOUR": (
        "200",
        "Forms of a report that one address may send in an hour; more where a mobile network puts many behind one.",
    ),
    "ONEGRID_LIVE_PORT": (
        "the first free one after PORT",
        "The port on which the relay of live updates listens, on the same HOST.",
    ),
    "ONEGRID_LIVE_URL": (
        "that port on the name the page was asked for",
        "The address of the relay for pages, such as `https://grid.example.org/live/`. Behind HTTPS it must be set.",
    ),
    "ONEGRID_METRICS_TOKEN": (
        "none: only this machine",
        "Who knows it may read `/metrics` from elsewhere, as `Authorization: Bearer …`.",
    ),
    "ONEGRID_SLOW_QUERY_MS": ("1000", "Statements that take longer are logged, without their values; 0 for none."),
    "ONEGRID_ACCESS_LOG": ("yes, except on a terminal", "Whether each request leaves a line in the log."),
    "ONEGRID_UPLOAD_LIMIT_MB": ("20", "The largest picture, recording or document that is accepted."),
    "ONEGRID_VOICE_SECONDS": ("300", "How long a voice may be that a resident records or sends."),
    "ONEGRID_VIDEO_SECONDS": ("120", "How long a video may be that a resident records or sends."),
    "ONEGRID_VIDEO_LIMIT_MB": ("100", "The largest video that is accepted."),
    "ONEGRID_TIME_ZONE": ("Asia/Shanghai", "The time zone of the district."),
    "ONEGRID_SITE_URL": (
        "none: notices lead nowhere",
        "The address of the site as people type it, such as `https://grid.example.org`. Links in e-mail begin with it.",
    ),
    "ONEGRID_SMTP_HOST": ("none: no e-mail", "The mail server that takes our notices."),
    "ONEGRID_SMTP_SECURITY": (
        "starttls",
        "How the way to it is encrypted: `starttls`, `tls`, or `none` for one on this machine.",
    ),
    "ONEGRID_SMTP_PORT": ("587; 465 with `tls`, 25 with `none`", "The port of the mail server."),
    "ONEGRID_SMTP_USER": ("none: without signing in", "The name under which we sign in to the mail server."),
    "ONEGRID_SMTP_PASSWORD": ("none", "The password that goes with it."),
    "ONEGRID_EMAIL_FROM": ("onegrid@localhost", "Whom our e-mail comes from, such as `OneGrid <grid@example.org>`."),
    "ONEGRID_SMS_URL": (
        "none: no text messages",
        "The address of the gateway that takes text messages, [as JSON](../how-to/notify.md).",
    ),
    "ONEGRID_SMS_SECRET": (
        "none: text messages are refused",
        "What we and the gateway know; it signs what we post there.",
    ),
    "ONEGRID_PUSH_CONTACT": (
        "none: no push messages",
        "Whom push services ask if something is wrong, as `mailto:grid@example.org`. Browsers want HTTPS for it.",
    ),
    "ONEGRID_PUSH_HOSTS": (
        "those of Chrome, Edge, Firefox and Safari",
        "The push services that we post to, with commas; a dot in front stands for all hosts below.",
    ),
    "ONEGRID_WECHAT_TOKEN": (
        "none: the door is closed",
        "The token (令牌) of the WeChat official account, as [set there](../how-to/connect-wechat.md).",
    ),
    "ONEGRID_WECHAT_APP_ID": ("none", "The id of the official account (AppID)."),
    "ONEGRID_WECHAT_SECRET": ("none: no files, no notices", "Its secret (AppSecret), for what we ask of WeChat."),
    "ONEGRID_WECHAT_AES_KEY": (
        "none: messages come in the open",
        "The key (EncodingAESKey, 43 characters) of the safe mode. With it, nothing in the open is taken.",
    ),
    "ONEGRID_WECHAT_API_URL": (
        "https://api.weixin.qq.com",
        "Where WeChat's interface is; a city may have its own way.",
    ),
    "ONEGRID_WECHAT_TEMPLATE": (
        "none: followers are not told",
        "The id of the template by which followers are told what happens to their reports.",
    ),
    "ONEGRID_WECHAT_TEMPLATE_FIELDS": (
        "number=character_string1,what=thing2,moment=time3",
        "Which of `number`, `title`, `what`, `unit` and `moment` stands in which field of the template, with commas.",
    ),
    "ONEGRID_MAIL_ADDRESS": (
        "that of `ONEGRID_EMAIL_FROM`",
        "The address that people write to, and that answers ask them to [write to again](../how-to/take-e-mail.md).",
    ),
    "ONEGRID_IMAP_HOST": (
        "none: no mail is fetched",
        "The server of the mailbox that people write to, by IMAP over TLS.",
    ),
    "ONEGRID_IMAP_PORT": ("993", "Its port."),
    "ONEGRID_IMAP_USER": ("none", "The name under which we sign in to the mailbox."),
    "ONEGRID_IMAP_PASSWORD": ("none", "The password that goes with it."),
    "ONEGRID_DEMONSTRATION": ("no", "Yes marks the installation as a demonstration on every page."),
    "ONEGRID_DEMONSTRATION_YEARS": (
        "1",
        "How many years of simulated cases a demonstration gets in the background after its start; 0 for none.",
    ),
}
INTERNAL = {"DJANGO_SETTINGS_MODULE", "ONEGRID_RUN_FOLDER"}  # from one process of ours to another


def names_read() -> set[str]:
    """Return the name of every setting that the code reads."""
    calls = (
        node
        for path in (ROOT / "config").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS
    )
    first = (call.args[0] for call in calls if call.args)
    found = {word.value for word in first if isinstance(word, ast.Constant) and isinstance(word.value, str)}
    return {name for name in found if name.startswith("ONEGRID_")}


def page() -> str:
    """Write the page."""
    rows = "".join(f"| `{name}` | {default} | {meaning} |\n" for name, (default, meaning) in SETTINGS.items())
    return (
        "# Settings\n\nEverything is set through environment variables, and nothing has to be.\n\n"
        f"| Name | If not set | Meaning |\n|---|---|---|\n{rows}"
    )
