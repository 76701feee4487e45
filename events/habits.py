"""Habits: ways of writing dates between which a text may leave the choice, and what chooses."""

DAY_FIRST, MONTH_FIRST = "day first", "month first"
BCE, ASTRONOMICAL, CE = "BCE", "astronomical", "CE"
WHOLE = "whole"  # of what only a part is meant: early 1942

OPTIONS = {  # of the command, by the habit that they tell of
    DAY_FIRST: "--day-first",
    MONTH_FIRST: "--month-first",
    BCE: "--bce",
    ASTRONOMICAL: "--astronomical",
}
MEANT = {
    DAY_FIRST: "8/7/1914 is 8 July",
    MONTH_FIRST: "8/7/1914 is 7 August",
    BCE: "the year -509 is 509 BCE",
    ASTRONOMICAL: "the year -509 is 510 BCE, for 0 is 1 BCE",
}
