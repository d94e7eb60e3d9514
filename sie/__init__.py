"""Reading SIE 4, the Swedish exchange format for accounts (types 1, 2, 3, 4E and 4I; SIE-gruppen's specification 4B, 2008).

Knows nothing of the rest of the house: bytes in, plain values out. Amounts are whole ören, debit positive. `sie.reading.read`
is the way in; it goes through the file line by line and keeps sums, so memory follows the number of accounts, objects and months
and not the number of vouchers.
"""
