"""Days of the proleptic Gregorian calendar, in any year: `datetime` knows no year before 1."""

DAY_MS = 86_400_000

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = ("spring", "summer", "autumn", "winter")  # EDTF 21 to 24; northern, three months each


def day_number(year: int, month: int, day: int = 1) -> int:
    """Days from 1970-01-01 to a date; years are astronomical (0 is 1 BCE), months 1 to 12.

    The year is counted from March, so that the leap day comes last and 153 days make five months.
    """
    since_march = (month + 9) % 12
    year -= month <= 2
    leaps = year // 4 - year // 100 + year // 400
    return 365 * year + leaps + (153 * since_march + 2) // 5 + day - 719_469


def month_start(year: int, month: int) -> int:
    """The day number on which a month begins; months beyond 12 run on into the next years."""
    years, index = divmod(month - 1, 12)
    return day_number(year + years, index + 1)


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    return month_start(year, month + 1) - month_start(year, month)


def date_of(number: int) -> tuple[int, int, int]:
    """Year (astronomical), month and day of so many days from 1970-01-01."""
    cycle, day = divmod(number + 719_468, 146_097)  # 400 years, counted from a 1 March
    year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    since_march = (5 * day + 2) // 153
    month = (since_march + 2) % 12 + 1
    return 400 * cycle + year + (month <= 2), month, day - (153 * since_march + 2) // 5 + 1


def iso_instant(instant: int) -> str:
    """Milliseconds since 1970-01-01T00:00Z as ISO 8601 to the second; years are astronomical."""
    days, rest = divmod(instant, DAY_MS)
    year, month, day = date_of(days)
    minutes, seconds = divmod(rest // 1000, 60)
    shown = f"{year:0{4 + (year < 0)}}"
    return f"{shown}-{month:02}-{day:02}T{minutes // 60:02}:{minutes % 60:02}:{seconds:02}Z"
