"""What lies in `deploy/` fits what there is: commands, settings, addresses, figures."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from config.cli.main import COMMANDS
from config.reference.settings import SETTINGS
from onegrid.core import metrics
from onegrid.core.web.health import PROBES

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose"
UNITS = sorted((DEPLOY / "systemd").glob("onegrid*.*"))
SERVICES = [path for path in UNITS if path.suffix == ".service"]
ENVIRONMENTS = sorted(DEPLOY.rglob("*.env"))
# What of the Compose specification the file uses; another word is one that we mistyped, or have to look up there first.
COMPOSE_WORDS = {
    "service": {
        "build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "hostname", "image",
        "logging", "ports", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs", "volumes",
    },
    "healthcheck": {"test", "interval", "timeout", "retries", "start_period"},
    "build": {"context", "dockerfile"},
    "logging": {"driver", "options"},
    "depends_on": {"service_started", "service_healthy", "service_completed_successfully"},
}  # fmt: skip
COMMAND_NAMES = {command.name for command in COMMANDS}
HARDENING = {
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "CapabilityBoundingSet=",
    "SystemCallFilter=@system-service",
    "UMask=0077",
    "User=onegrid",
}


@pytest.fixture
def compose():
    return yaml.safe_load((COMPOSE / "compose.yaml").read_text())


def lines_of(path):
    return [line.strip() for line in path.read_text().splitlines() if line.strip()]


def test_services_of_compose_run_commands_there_are(compose):
    ours = {name: service for name, service in compose["services"].items() if service["image"] == "onegrid"}

    assert {service["command"][0] for service in ours.values()} <= COMMAND_NAMES
    assert set(ours) == {"prepare", "web", "relay", "worker"}


def test_compose_speaks_in_words_of_its_specification(compose):
    services = list(compose["services"].values())
    used = {"service": set().union(*services)}
    for word in ("healthcheck", "build", "logging"):
        used[word] = set().union(*(service.get(word, {}) for service in services))
    conditions = [needed for service in services for needed in service.get("depends_on", {}).values()]
    used["depends_on"] = {needed["condition"] for needed in conditions}

    assert {word: names - COMPOSE_WORDS[word] for word, names in used.items() if names - COMPOSE_WORDS[word]} == {}
    assert {name for name in compose if not name.startswith("x-")} == {"name", "services", "volumes"}


def test_services_of_compose_know_each_other(compose):
    services, volumes = compose["services"], compose["volumes"]

    needed = {other for service in services.values() for other in service.get("depends_on", {})}
    mounted = {volume.partition(":")[0] for service in services.values() for volume in service["volumes"]}
    assert needed <= set(services)
    assert mounted <= set(volumes)
    assert services["database"]["image"] == "postgres:16"


def test_compose_opens_nothing_but_two_ports_to_this_machine(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]

    assert ports == ["127.0.0.1:8000:8000", "127.0.0.1:8001:8001"]


def test_what_compose_asks_for_is_there(compose):
    build = compose["services"]["web"]["build"]

    assert (COMPOSE / build["context"] / build["dockerfile"]).exists()
    assert (COMPOSE / compose["services"]["web"]["env_file"]).exists()


def test_compose_asks_for_health_where_it_is_answered(compose):
    (path,) = re.findall(r"127\.0\.0\.1:8000(/\w+)", " ".join(compose["services"]["web"]["healthcheck"]["test"]))

    assert path in PROBES


def test_only_settings_that_exist_are_set(compose):
    given = {name for service in compose["services"].values() for name in service.get("environment", {})}
    for path in ENVIRONMENTS:
        given |= set(re.findall(r"^#?([A-Z_]+)=", path.read_text(), re.MULTILINE))
    given |= set(re.findall(r"\b(ONEGRID_[A-Z_]+|HOST|PORT)=", (COMPOSE / "Dockerfile").read_text()))

    assert {name for name in given if not name.startswith("POSTGRES_")} <= set(SETTINGS)


def test_the_image_copies_what_exists_and_starts_what_exists():
    text = (COMPOSE / "Dockerfile").read_text()

    assert "FROM python:3.12-slim" in text
    assert all((ROOT / path).exists() for path in re.findall(r"^COPY (\S+) ", text, re.MULTILINE))
    assert re.findall(r'CMD \["(\w+)"\]', text)[0] in COMMAND_NAMES
    assert "\nUSER onegrid\n" in text


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_a_command_there_is_and_may_do_little_else(unit):
    lines = lines_of(unit)

    started = next(line for line in lines if line.startswith("ExecStart="))
    assert re.fullmatch(r"ExecStart=/opt/onegrid/\.venv/bin/onegrid (\w+).*", started)[1] in COMMAND_NAMES
    assert set(lines) >= HARDENING


def test_services_name_units_there_are():
    wanted = {
        name for unit in UNITS for name in re.findall(r"onegrid[a-z-]*\.(?:service|target|timer)", unit.read_text())
    }

    assert wanted <= {unit.name for unit in UNITS}


def test_systemd_accepts_every_unit(tmp_path):
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("there is no systemd here")
    for unit in UNITS:  # it looks whether the programs exist
        if unit.suffix != ".env":
            (tmp_path / unit.name).write_text(
                unit.read_text().replace("/opt/onegrid/.venv/bin/onegrid", shutil.which("true"))
            )

    done = subprocess.run([program, "verify", *sorted(tmp_path.iterdir())], check=False, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_proxy_lets_the_largest_upload_pass_and_hides_what_machines_ask():
    text = (DEPLOY / "nginx.conf").read_text()
    limit, _of_tips = re.findall(r"client_max_body_size (\d+)m;", text)

    assert int(limit) * 1024**2 >= settings.UPLOAD_REQUEST_LIMIT
    assert text.count("{") == text.count("}")
    assert "location = /metrics { return 404; }" in text
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    assert "access_log off;" in text


def test_the_proxy_notes_nothing_of_tips_and_passes_nobody_on():
    (place,) = re.findall(r"location /tips/ \{(.*?)\n    \}", (DEPLOY / "nginx.conf").read_text(), re.DOTALL)

    assert "access_log off;" in place
    assert "error_log /dev/null crit;" in place
    for header in ("X-Forwarded-For", "X-Request-Id", "User-Agent", "Referer"):
        assert f'proxy_set_header {header} "";' in place
    assert 'proxy_set_header Cookie "language=$cookie_language";' in place


@pytest.mark.django_db
def test_alarms_speak_of_figures_there_are():
    metrics.count_request(view="x", status=200, seconds=0.1, statements=1)
    metrics._collector.forget()
    known = set(re.findall(r"^# TYPE (\w+) ", metrics.exposition().decode(), re.MULTILINE))
    known |= {"onegrid_last_backup_timestamp_seconds"}  # missing as long as there is none
    rules = yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text())["groups"][0]["rules"]

    used = {name for rule in rules for name in re.findall(r"\bonegrid_\w+", rule["expr"])}
    assert {name for name in used if name not in known and name.removesuffix("_bucket") not in known} == set()
    assert len({rule["alert"] for rule in rules}) == len(rules)
    assert {rule["labels"]["severity"] for rule in rules} == {"page", "ticket"}


@pytest.mark.parametrize("page", ["deploy.md", "back-up.md", "watch.md"])
def test_how_tos_name_files_and_settings_there_are(page):
    text = (ROOT / "docs" / "how-to" / page).read_text()

    missing = {path for path in re.findall(r"`(deploy/[\w./-]+)`", text) if not (ROOT / path).exists()}
    assert missing == set()
    assert set(re.findall(r"\b(ONEGRID_[A-Z_]+)\b", text)) <= set(SETTINGS)
    assert set(re.findall(r"`onegrid (\w+)", text)) <= COMMAND_NAMES


def test_every_figure_is_explained():
    text = (ROOT / "docs" / "how-to" / "watch.md").read_text()
    names = {f"onegrid_{name}" for name in metrics._measures}

    assert {name for name in names if f"`{name}" not in text} == set()
