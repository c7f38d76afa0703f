"""The drawn photos and papers that simulated cases have as proof; a few of each, since they are all made up alike."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from onegrid.cases.public import EvidenceKind, EvidencePurpose, Hand, KeptFile, Proved
from onegrid.catalogue.public import CategoryEntry, Sensitivity
from onegrid.demonstration.rules.identities import id_at
from onegrid.demonstration.rules.pictures import Scene, scene_of

BEFORE = f"{EvidencePurpose.BEFORE.value}:{EvidenceKind.PHOTO.value}"


@dataclass(frozen=True, kw_only=True)
class Album:
    """Kept files: photos by scene, before and after, papers, and grounds for more time. An empty one puts none."""

    photos: Mapping[tuple[Scene, bool], Sequence[KeptFile]] = field(default_factory=dict)
    papers: Sequence[KeptFile] = ()
    grounds: Sequence[KeptFile] = ()

    def before(
        self,
        kind: CategoryEntry,
        *,
        at: datetime,
        by: Hand | None,
        draw: random.Random,
    ) -> Proved | None:
        """Return a photo that a report comes with; a resident's is shown to nobody before an officer has looked."""
        choice = self.photos.get((scene_of(kind.code), False))
        if not choice:
            return None
        file = _shown(draw.choice(choice), is_public=by is not None and kind.sensitivity == Sensitivity.OPEN)
        return Proved(id=id_at(at.timestamp(), draw), at=at, by=by, purpose=EvidencePurpose.BEFORE.value, file=file)

    def proof(
        self, kind: CategoryEntry, number: int, *, at: datetime, by: Hand | None, is_pictured: bool, draw: random.Random
    ) -> Iterator[Proved]:
        """Yield what a category demands as proof; each round of work, counted by `number`, has files of its own."""
        for demanded in kind.proof:
            purpose, _, form = demanded.partition(":")
            if demanded == BEFORE and is_pictured:
                continue
            if form == EvidenceKind.PHOTO.value:
                choice = self.photos.get((scene_of(kind.code), demanded != BEFORE), ())
            else:
                choice = self.papers
            if choice:
                file = _shown(choice[number % len(choice)], is_public=kind.sensitivity == Sensitivity.OPEN)
                yield Proved(id=id_at(at.timestamp(), draw), at=at, by=by, purpose=purpose, file=file)

    def ground(self, *, at: datetime, by: Hand, draw: random.Random) -> Proved | None:
        """Return a paper that shows why more time is needed, for colleagues."""
        if not self.grounds:
            return None
        file = replace(draw.choice(self.grounds), is_public=False)
        return Proved(id=id_at(at.timestamp(), draw), at=at, by=by, purpose=EvidencePurpose.OTHER.value, file=file)


def _shown(file: KeptFile, *, is_public: bool) -> KeptFile:
    return file if is_public or not file.is_public else replace(file, is_public=False)
