"""How the figures are to be read, in the words of the workbook and the report."""

from __future__ import annotations

METHOD = (
    (
        "Antal och intervall",
        "Antalet är de projekt som kodningen säger hör till raden. 95 %-intervallet visar hur "
        "mycket antalet kan skilja sig från vad en noggrann läsare av alla texter skulle komma "
        "fram till. Det räknas ur kodningarnas sannolikheter, som får vara något för höga eller "
        "låga för en hel rad, och rättas efter de fel som stickprovet bland de automatiska "
        "kodningarna visar. Projekten antas oberoende av varandra. Det en person har avgjort "
        "räknas som säkert.",
    ),
    (
        "Grupper",
        "Ett projekt räknas i en grupp när någon av gruppens delar stämmer. Sannolikheten för "
        "gruppen räknas som om delarna vore oberoende av varandra.",
    ),
    (
        "Roller",
        "Aktiva och inbjudna parter räknas. Planerade visas men räknas inte. Parten räknas som "
        "aktiv när bara ett kryss säger att den är med.",
    ),
    (
        "Beslutat av",
        "Vem eller vad som avgjorde att projektet räknas: en granskare, ett kryss i blanketten, en "
        "regel om ord i texten eller en inlärd modell.",
    ),
)
