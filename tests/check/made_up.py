"""An invented report without contradictions; tests change one figure at a time."""

from __future__ import annotations

from pathlib import Path

from pipeline.check.check import check_report
from pipeline.check.report import read_report
from pipeline.check.words import load_words

REPORT = """\
Stöd till lokalt trygghetsarbete 2014–2016

# Sammanfattning

Under perioden 1 januari 2014 till 31 december 2016 har 62 projekt beviljats medel. Av de 62
projekten är 41 avslutade och 21 pågår. Totalt har 4,6 miljoner kronor beviljats. 18 projekt (29
procent) har tagit fram en gemensam handlingsplan.

Nya samverkansstrukturer finns nu i 25 av dem. Drygt 60 procent av projekten har
samverkat med polisen.

# Så gick det till

Enkäten består av 14 frågor. Redovisningsperioden var 1 januari 2014 till 31 december 2016.
De 62 projekten finns i fyra län.

# Resultat

Tabell 1.
Beviljade projekt och medel per län

Län\tAntal projekt\tBeviljat belopp 2015\tBeviljat belopp 2016\tSumma
Norrlund\t12\t200 000\t310 000\t510 000
Österhed\t25\t1 100 000\t940 000\t2 040 000
Sjöholm\t16\t650 000\t700 000\t1 350 000
Västerskog\t9\t300 000\t400 000\t700 000
Summa\t62\t2 250 000\t2 350 000\t4 600 000

I Österhed fördelades 1 100 000 kronor och 940 000 kronor, sammanlagt 2 040 000 kronor.
Sammanlagt 62 projekt fick pengar.

Tabell 2.
Samverkan i 62 projekt (flera svar möjliga)

Part\tAntal\tAndel (%)
Samverkan med polisen\t38\t61
Samverkan med skolan\t30\t48
varav gymnasiet\t11\t18
Nya samverkansstrukturer\t25\t40
Gemensam handlingsplan\t18\t29

Samverkan med polisen fanns i 38 av 62 projekt (61 procent). 30 projekt har haft samverkan med
skolan. Från 2015 till 2016 ökade antalet deltagare från 400 till 500, en ökning med 25 procent.

Tabell 3.
Projektens läge

Läge\tAntal projekt
Avslutade projekt\t41
Pågående projekt\t21
Totalt\t62

44 av de 62 projekten uppger att målen har nåtts, medan 18 projekt inte har nått dem.
"""


def findings(text: str, folder: Path) -> list[tuple[str, str, str, str]]:
    """Read `text` as a file and return where, what, expected and found of each finding."""
    path = folder / "rapport.txt"
    path.write_text(text, encoding="utf-8")
    words = load_words()
    return [
        (f.where, f.what, f.expected.replace("\N{NO-BREAK SPACE}", " "),
         f.found.replace("\N{NO-BREAK SPACE}", " "))
        for f in check_report(read_report(path, words), words)
    ]  # fmt: skip
