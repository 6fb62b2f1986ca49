"""The gate for text layers: damaged Swedish, and what must not be taken for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.ingest.quality import aao_share, known_share, poor

SHARED = Path(__file__).resolve().parents[3] / "shared" / "documents"

SOUND = """Kommunen har under året byggt upp en lokal grupp där socialtjänsten, polisen och
kvinnojouren möts varje månad. Gruppen har tagit fram rutiner för hur ärenden ska lämnas över och
vem som ringer först när en kvinna söker skydd under en helg. Personalen på familjecentralen har
fått en halv dags utbildning om våld i nära relationer, och frågan ställs numera vid alla
inskrivningar. Två möten ställdes in på grund av sjukdom. Målet att även vårdcentralen skulle delta
nåddes inte, eftersom det saknades läkare under hösten. Vi räknar med att fortsätta arbetet inom
ordinarie verksamhet och har avsatt tid för en samordnare. Erfarenheten är att det tar längre tid än
man tror att lära känna varandras uppdrag, men att det sedan går fort att hjälpa den som behöver
stöd. Barnens situation har fått ett eget avsnitt i handlingsplanen, som antogs av nämnden i maj."""
ENGLISH = """The municipality has set up a local group in which the social services, the police and
the shelter meet every month. The group has written routines for how cases are to be handed over and
who makes the first call when a woman seeks protection during a weekend. The staff have been given
half a day of training, and the question is now asked of all who are admitted to the centre. Two of
the meetings were cancelled because of illness, and the goal that the health centre was to take
part in the work was not reached, as there were no doctors in the autumn. We expect to go on."""
NUMBERS = "\n".join(
    f"{y} {y * 37 % 9001} kr {y * 11 % 701} st 0,{y % 97} %" for y in range(1990, 2050)
)


def without_dots(text: str) -> str:
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def misread(text: str) -> str:
    """Keep å, ä and ö, but break every second word of four letters or more."""
    words = iter(range(10**6))
    swap = str.maketrans("eilnm", "c1jrw")

    def broken(match: re.Match[str]) -> str:
        return match[0].translate(swap) if next(words) % 2 else match[0]

    return re.sub(r"\w{4,}", broken, text)


@pytest.mark.parametrize("text", ["", "Se bilaga.", ENGLISH, ENGLISH.upper(), NUMBERS, SOUND])
def test_nothing_is_said_against_sound_text(text: str) -> None:
    assert poor(text) is None


def test_capitals_are_judged_like_other_letters() -> None:
    assert poor(SOUND.upper()) is None
    assert poor(without_dots(SOUND).upper()) is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (without_dots(SOUND), "Å, ä och ö saknas"),
        (SOUND.translate(str.maketrans("åäö", "&46")), "Å, ä och ö saknas"),
        (misread(SOUND), "kända svenska ord"),
        (SOUND * 2 + without_dots(SOUND), "Å, ä och ö saknas"),
    ],
)
def test_damage_is_named(text: str, reason: str) -> None:
    assert reason in (poor(text) or "")


def test_shares() -> None:
    assert aao_share("På ön, åt älgar.") == pytest.approx(4 / 11)
    assert aao_share("2010") == 0
    assert known_share("kvinnofridssamordnare och polis") == 1
    assert known_share("forvaltningcn har stott") == pytest.approx(1 / 3)
    assert known_share("") == 0


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/documents")
def test_of_the_real_texts_only_the_damaged_scan_is_poor() -> None:
    found = {p.name[:3] for p in SHARED.glob("*.txt") if poor(p.read_text(encoding="utf-8"))}
    assert found == {"004"}
    assert [p.name for p in (SHARED / "text").glob("*.txt") if poor(p.read_text("utf-8"))] == []
