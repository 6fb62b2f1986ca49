"""Another invented report: other units, tables aligned by spaces, shares of several kinds."""

from __future__ import annotations

SECOND = """\
Länsstyrelsernas arbete mot hedersrelaterat våld. Slutrapport 2019

# Sammanfattning

Totalt fördelades 12,4 miljoner kronor till 45 insatser i 38 kommuner. Av insatserna har 29
avslutats medan 16 fortfarande pågår. Två tredjedelar av insatserna riktade sig till
skolpersonal. Av de 45 insatserna har 27 (60 procent) lett till nya rutiner.

Under 2019 deltog 1 340 personer i utbildningar, varav 980 kvinnor och 360 män.

# Bakgrund

Regeringen avsatte 12,4 miljoner kronor för 2019. Uppdraget gavs den 14 februari 2019 (dnr
A2019/00345). Redovisningen omfattar tiden från den 1 mars 2019 till den 31 december 2019. I
förra redovisningen 2017 ingick 31 insatser.

# Resultat

Tabell 1. Insatser och kommuner per region

Region          Insatser    Kommuner    Medel (tkr)    Andel av medel
Norr                  12          10          3 100              25 %
Mitt                  18          15          5 270              43 %
Syd                   15          13          4 030              33 %
Totalt                45          38         12 400             100 %

Tabell 2. Målgrupper för insatserna (en insats kan ha flera målgrupper)

Målgrupp\tAntal\tProcent
Skolpersonal\t30\t67
Socialsekreterare\t22\t49
Polis\t9\t20
Ungdomar\t14\t31
Föräldrar\t6\t13

Tabell 3. Insatsernas resultat

\tAntal\tAndel
Målen helt uppnådda\t20\t44 %
Målen delvis uppnådda\t18\t40 %
Målen inte uppnådda\t7\t16 %
Summa\t45\t100 %

Av de 45 insatserna nådde 20 målen helt, 18 delvis och 7 inte alls. Polis ingick i 9 insatser.
Nästan hälften av insatserna (22 stycken, 49 procent) vände sig till socialsekreterare. Antalet
insatser har ökat från 31 till 45, en ökning med 45 procent.

Tabell 4. Deltagare i utbildningar

Kön\t2018\t2019\tFörändring
Kvinnor\t870\t980\t+110
Män\t310\t360\t+50
Summa\t1 180\t1 340\t+160

I region Mitt fanns 18 insatser och i region Syd 15 insatser. En region hade färre än 13
insatser. Medelbidraget var 276 000 kronor per insats. I bilaga 2 finns 14 exempel från 11
kommuner.

De tre största kommunerna hade 9 insatser. Åtta av tio insatser planeras fortsätta under 2020.
"""
