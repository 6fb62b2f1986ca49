"""The review workbook: out as granskning.xlsx with drop-downs, back in without a wrong row."""
