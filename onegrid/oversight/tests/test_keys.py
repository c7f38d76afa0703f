"""The keys of the trail."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from onegrid.oversight.actions.keys import signing_key
from onegrid.oversight.models import Entry
from onegrid.oversight.public import change_key, public_key_file, public_keys
from onegrid.oversight.readers.keys import NoPublicKeyError
from onegrid.oversight.rules.seals import fingerprint_of
from onegrid.oversight.tests.trail import AT, LIN


def test_are_made_at_first_use(home):
    key = signing_key()

    assert public_keys(home / "keys" / "audit.pub") == [key.public_key()]


def test_stay_the_same():
    assert signing_key().private_bytes_raw() == signing_key().private_bytes_raw()


def test_are_readable_by_their_owner_only(home):
    signing_key()

    assert stat.S_IMODE((home / "keys" / "audit.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


def test_are_the_same_for_all_who_start_together(home):
    with ThreadPoolExecutor(8) as processes:
        keys = {key.private_bytes_raw() for key in processes.map(lambda _: signing_key(), range(16))}

    assert len(keys) == 1
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["audit.key", "audit.pub"]


@pytest.mark.django_db
def test_can_be_changed_and_the_old_public_key_stays():
    old = signing_key().public_key()

    new = change_key(by=LIN, at=AT)

    assert [fingerprint_of(key) for key in public_keys(public_key_file())] == [fingerprint_of(old), new]


@pytest.mark.django_db
def test_leave_a_trace_when_they_are_changed():
    old = fingerprint_of(signing_key().public_key())

    new = change_key(by=LIN, at=AT)

    entry = Entry.objects.get()
    assert (entry.code, entry.target, entry.data) == ("oversight.change_key", f"oversight.Key:{new}", {"before": old})


@pytest.mark.parametrize("text", ["", "rubbish", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_are_not_just_any_text(tmp_path, text):
    (tmp_path / "some.pub").write_text(text)

    with pytest.raises(NoPublicKeyError):
        public_keys(tmp_path / "some.pub")


def test_are_missed_when_there_is_no_file(tmp_path):
    with pytest.raises(NoPublicKeyError):
        public_keys(tmp_path / "some.pub")


def test_are_of_one_kind_only(home):
    other = generate_private_key(SECP256R1())
    signing_key()
    public_key_file().write_bytes(other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (home / "keys" / "audit.key").write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    with pytest.raises(NoPublicKeyError):
        public_keys(public_key_file())
    with pytest.raises(TypeError):
        signing_key()
