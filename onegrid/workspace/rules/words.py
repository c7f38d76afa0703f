"""Words of the workspace for values that the domain keeps as codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onegrid.accounts.public import Role
from onegrid.cases.public import Channel, EvidenceKind, EvidencePurpose, LinkKind

Text = str | Promise

ROLES: Mapping[str, Text] = {
    Role.GRID_WORKER: _("Grid worker"),
    Role.ACCEPTOR: _("Acceptance"),
    Role.SHIFT_LEAD: _("Shift lead"),
    Role.DISPATCHER: _("Dispatch"),
    Role.VERIFIER: _("Verification"),
    Role.HANDLER: _("Handling"),
    Role.UNIT_HEAD: _("Head of unit"),
    Role.LEADER: _("Leadership"),
    Role.AUDITOR: _("Audit"),
    Role.TIP_OFFICER: _("Reading tips"),
    Role.CALL_TAKER: _("Taking calls"),
    Role.ADMINISTRATOR: _("Administration"),
}

CHANNEL_ICONS: Mapping[str, str] = {
    Channel.PORTAL: "world",
    Channel.WECHAT: "brand-wechat",
    Channel.EMAIL: "send",
    Channel.GRID_WORKER: "walk",
    Channel.DESK: "building-bank",
    Channel.PHONE: "phone",
    Channel.API: "cpu",
    Channel.IMPORT: "database",
    Channel.TIP: "shield-lock",
}

KIND_ICONS: Mapping[str, str] = {
    EvidenceKind.PHOTO: "photo",
    EvidenceKind.AUDIO: "microphone",
    EvidenceKind.VIDEO: "video",
    EvidenceKind.DOCUMENT: "file-text",
}

PURPOSES: Mapping[str, Text] = {
    EvidencePurpose.BEFORE: _("Before"),
    EvidencePurpose.AFTER: _("After"),
    EvidencePurpose.CHECK: _("Check"),
    EvidencePurpose.VERIFY: _("Verification"),
    EvidencePurpose.OTHER: _("Other"),
}

TIES: Mapping[str, Text] = {
    "parent": _("part of"),
    "child": _("has the part"),
    "merged_into": _("merged into"),
    "absorbed": _("contains"),
    LinkKind.RELATED: _("related to"),
    LinkKind.SAME_CAUSE: _("same cause as"),
}
