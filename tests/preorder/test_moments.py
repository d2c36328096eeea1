"""Moments and lengths of time as sellers write them. It is Sunday 22 November 2026, 10.30 in Jakarta."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import formats
from messages.formats import LOCALES, Locale
from preorder.errors import NotADuration, NotAMoment
from preorder.moments import parse_duration, parse_moment

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the wall clock in Jakarta."""
    return datetime(year, month, day, hour, minute, tzinfo=JAKARTA)


NOW = at(2026, 11, 22, 10, 30).astimezone(UTC)

# November 2026: Sun 22 today, Mon 23, Tue 24, Wed 25, Thu 26, Fri 27, Sat 28, Sun 29, … Fri 4 December.
READ = [
    ("sekarang", at(2026, 11, 22, 10, 30)),
    ("besok jam 20", at(2026, 11, 23, 20)),
    ("Besok 20.00", at(2026, 11, 23, 20)),
    ("besok jam 8 malam", at(2026, 11, 23, 20)),
    ("jam 20 besok", at(2026, 11, 23, 20)),
    ("bsk pagi", at(2026, 11, 23, 8)),
    ("lusa 19.30", at(2026, 11, 24, 19, 30)),
    ("lusa pukul 19:30 WIB", at(2026, 11, 24, 19, 30)),
    ("lusa jam 20 WITA", at(2026, 11, 24, 19)),
    ("hari ini 21.00", at(2026, 11, 22, 21)),
    ("nanti malam", at(2026, 11, 22, 19)),
    ("malam ini jam 8", at(2026, 11, 22, 20)),
    ("nanti sore jam 4", at(2026, 11, 22, 16)),
    ("tonight 9pm", at(2026, 11, 22, 21)),
    ("25 des 10.00", at(2026, 12, 25, 10)),
    ("25 Desember 2026 10:00", at(2026, 12, 25, 10)),
    ("25des jam 10 pagi", at(2026, 12, 25, 10)),
    ("tanggal 25 jam 10.00", at(2026, 11, 25, 10)),
    ("tgl 5 jam 10.00", at(2026, 12, 5, 10)),
    ("Dec 25, 2026 10am", at(2026, 12, 25, 10)),
    ("25 dec 8.30 pm", at(2026, 12, 25, 20, 30)),
    ("jumat malam", at(2026, 11, 27, 19)),
    ("Jum'at malam", at(2026, 11, 27, 19)),
    ("malam jumat", at(2026, 11, 26, 19)),  # Thursday evening, as everybody means it
    ("malam minggu jam 8", at(2026, 11, 28, 20)),
    ("minggu malam", at(2026, 11, 22, 19)),
    ("minggu jam 09", at(2026, 11, 29, 9)),  # today's nine o'clock has passed
    ("jumat depan jam 9 pagi", at(2026, 11, 27, 9)),  # the week that begins tomorrow
    ("hari minggu depan jam 09.00", at(2026, 11, 29, 9)),
    ("sabtu siang", at(2026, 11, 28, 12)),
    ("senin jam 1 siang", at(2026, 11, 23, 13)),
    ("rabu sore", at(2026, 11, 25, 16)),
    ("kamis jam setengah 8 malam", at(2026, 11, 26, 19, 30)),
    ("28/11 20:00", at(2026, 11, 28, 20)),
    ("28-11-2026 20.00", at(2026, 11, 28, 20)),
    ("28/11/26 20.00", at(2026, 11, 28, 20)),
    ("28.11.2026 20.00", at(2026, 11, 28, 20)),
    ("2026-11-28 20:00", at(2026, 11, 28, 20)),
    ("5/12 20.00", at(2026, 12, 5, 20)),  # day first
    ("28/11 24.00", at(2026, 11, 29, 0)),
    ("28/11 00.00", at(2026, 11, 28, 0)),
    ("tomorrow 8pm", at(2026, 11, 23, 20)),
    ("tomorrow at noon", at(2026, 11, 23, 12)),
    ("Rabu, 25 November 2026 10.00 WIB", at(2026, 11, 25, 10)),  # as the bot itself writes it
    ("Wednesday, 25 November 2026 10.00 WIB", at(2026, 11, 25, 10)),
    ("sabtu 28/11 jam 8 malam", at(2026, 11, 28, 20)),
    ("besok senin jam 10 pagi", at(2026, 11, 23, 10)),
    ("malam minggu 28/11 jam 8", at(2026, 11, 28, 20)),
    ("may 5 10am", at(2027, 5, 5, 10)),
    ("jumat minggu depan 9.00", at(2026, 11, 27, 9)),
    ("monday next week 9am", at(2026, 11, 23, 9)),
    ("fri 10am", at(2026, 11, 27, 10)),
    ("next friday 10:00", at(2026, 11, 27, 10)),
    ("in 3 days 20:00", at(2026, 11, 25, 20)),
    ("3 hari lagi jam 20", at(2026, 11, 25, 20)),
    ("seminggu lagi jam 20", at(2026, 11, 29, 20)),
    ("2 jam lagi", at(2026, 11, 22, 12, 30)),
    ("setengah jam lagi", at(2026, 11, 22, 11)),
    ("in 90 minutes", at(2026, 11, 22, 12)),
    ("20.00", at(2026, 11, 22, 20)),
    ("jam 8 malam ya kak", at(2026, 11, 22, 20)),
    ("٢٥ des ١٠.٠٠", at(2026, 12, 25, 10)),
    ("29 feb 2028 10.00", at(2028, 2, 29, 10)),
    ("1 jan 10.00", at(2027, 1, 1, 10)),
    ("akhir bulan jam 20", at(2026, 11, 30, 20)),
    ("awal bulan 09.00", at(2026, 12, 1, 9)),
    ("tanggal 5 bulan depan 21.00", at(2026, 12, 5, 21)),
    ("bulan depan tgl 10 jam 20", at(2026, 12, 10, 20)),
    ("end of the month 9pm", at(2026, 11, 30, 21)),
    ("minggu depan senin 10.00", at(2026, 11, 23, 10)),
    ("pekan depan hari kamis malam", at(2026, 11, 26, 19)),
    ("next week friday 8pm", at(2026, 11, 27, 20)),
    ("akhir pekan jam 20", at(2026, 11, 28, 20)),
    ("ntar malem jam 8", at(2026, 11, 22, 20)),
    ("nti sore", at(2026, 11, 22, 16)),
    ("besok jam delapan malam", at(2026, 11, 23, 20)),
    ("lusa jam setengah delapan malam", at(2026, 11, 24, 19, 30)),
    ("besok jam 08", at(2026, 11, 23, 8)),
    ("besok 8.30", at(2026, 11, 23, 8, 30)),
    ("kamis pkl. 13.00", at(2026, 11, 26, 13)),
    ("22 sep 10.00", at(2027, 9, 22, 10)),  # 61 days back: next year's is meant
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_a_moment_is_read_as_sellers_write_it(typed: str, meant: datetime) -> None:
    """Each phrase gives exactly the moment a seller means by it."""
    assert parse_moment(typed, NOW, JAKARTA) == meant
    assert parse_moment(typed, NOW, JAKARTA).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("besok", at(2026, 11, 23, 9)),
        ("in 3 days", at(2026, 11, 25, 9)),
        ("3 hari lagi", at(2026, 11, 25, 9)),
        ("25 des", at(2026, 12, 25, 9)),
        ("jumat", at(2026, 11, 27, 9)),
        ("next week", at(2026, 11, 29, 9)),
        ("besok malam", at(2026, 11, 23, 19)),
    ],
)
def test_a_day_without_an_hour_takes_the_usual_hour(typed: str, meant: datetime) -> None:
    """The default hour is used only where no hour and no part of the day was said."""
    assert parse_moment(typed, NOW, JAKARTA, default_hour=9) == meant


@pytest.mark.parametrize("typed", ["besok", "25 des", "3 hari lagi", "jumat"])
def test_a_day_without_an_hour_is_doubtful_where_there_is_no_usual_hour(typed: str) -> None:
    """Without a default hour the hour is asked for."""
    with pytest.raises(NotAMoment) as refused:
        parse_moment(typed, NOW, JAKARTA)
    assert (refused.value.reason, refused.value.choices) == ("doubtful", ())


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("09.00", (at(2026, 11, 23, 9),)),
        ("jam 8 pagi", (at(2026, 11, 23, 8),)),
        ("besok jam 12 malam", (at(2026, 11, 23, 0), at(2026, 11, 24, 0))),
        ("besok jam 1 malam", (at(2026, 11, 23, 1), at(2026, 11, 24, 1))),
        ("besok jam 8", (at(2026, 11, 23, 8), at(2026, 11, 23, 20))),
        ("25 des jam 10", (at(2026, 12, 25, 10), at(2026, 12, 25, 22))),
        ("jam 8", (at(2026, 11, 22, 20), at(2026, 11, 23, 8))),
        ("jam 11", (at(2026, 11, 22, 11), at(2026, 11, 22, 23))),
        ("minggu jam 9", (at(2026, 11, 22, 21), at(2026, 11, 29, 9))),
        ("besok jam 12", (at(2026, 11, 23, 12), at(2026, 11, 24, 0))),
        ("besok tengah malam", (at(2026, 11, 23, 0), at(2026, 11, 24, 0))),
        ("tomorrow at 7", (at(2026, 11, 23, 7), at(2026, 11, 23, 19))),
    ],
)
def test_a_doubtful_moment_offers_what_it_may_mean(typed: str, choices: tuple[datetime, ...]) -> None:
    """Two readings, or an hour that has passed today, are offered and not chosen."""
    with pytest.raises(NotAMoment) as refused:
        parse_moment(typed, NOW, JAKARTA)
    assert (refused.value.reason, refused.value.choices) == ("doubtful", choices)


def test_minggu_depan_may_be_next_week_or_next_sunday() -> None:
    """On a Tuesday `minggu depan` is offered as the same day next week and as Sunday of next week."""
    tuesday = at(2026, 11, 24, 10).astimezone(UTC)
    with pytest.raises(NotAMoment) as refused:
        parse_moment("minggu depan 9.00", tuesday, JAKARTA)
    assert refused.value.choices == (at(2026, 12, 1, 9), at(2026, 12, 6, 9))


def test_depan_is_the_week_after_this_one() -> None:
    """On a Monday `jumat` is this week's Friday and `jumat depan` the one after it."""
    monday = at(2026, 11, 23, 10).astimezone(UTC)
    assert parse_moment("jumat 9.00", monday, JAKARTA) == at(2026, 11, 27, 9)
    assert parse_moment("jumat depan jam 9 pagi", monday, JAKARTA) == at(2026, 12, 4, 9)


@pytest.mark.parametrize(
    ("typed", "moment", "instead"),
    [
        ("hari ini 09.00", at(2026, 11, 22, 9), (at(2026, 11, 23, 9),)),
        ("21/11 20.00", at(2026, 11, 21, 20), (at(2027, 11, 21, 20),)),
        ("23 sep 10.00", at(2026, 9, 23, 10), (at(2027, 9, 23, 10),)),  # 60 days back: a slip, not silently next year
        ("tanggal 22 jam 9 pagi", at(2026, 11, 22, 9), (at(2026, 12, 22, 9),)),
        ("nanti pagi", at(2026, 11, 22, 8), (at(2026, 11, 23, 8),)),
        ("25 des 2025 10.00", at(2025, 12, 25, 10), ()),
    ],
)
def test_a_moment_in_the_past_is_named_with_the_next_one(
    typed: str, moment: datetime, instead: tuple[datetime, ...]
) -> None:
    """The refusal carries how it was understood, and what may be meant instead; a year that was written is meant."""
    with pytest.raises(NotAMoment) as refused:
        parse_moment(typed, NOW, JAKARTA)
    assert (refused.value.reason, refused.value.moment, refused.value.choices) == ("past", moment, instead)


@pytest.mark.parametrize(
    "typed",
    ["31 feb 10.00", "32/12 10.00", "5/13 10.00", "besok 25.00", "besok 20.75", "29 feb 2027 10.00", "29 feb 10.00",
     "besok jam 20 pagi", "1 jan 2099 10.00", "99999 jam lagi", "9999 hari lagi jam 3", "besok 13pm",
     "Kamis, 25 November 2026 10.00", "tgl 40 jam 2"],
)  # fmt: skip
def test_a_date_that_does_not_exist_is_impossible(typed: str) -> None:
    """No calendar has it, or no clock, or no shop plans that far."""
    with pytest.raises(NotAMoment) as refused:
        parse_moment(typed, NOW, JAKARTA)
    assert refused.value.reason == "impossible"


@pytest.mark.parametrize(
    "typed",
    ["", "😀", "kapan-kapan", "20", "25 des 10", "1e9", "besok jam banyak", "25 des 10.00 dan 11.00", "-1",
     "<b>besok</b> 20.00", "besok lusa jam 3", "x" * 5000, "20.00.00.00"],
)  # fmt: skip
def test_what_is_no_moment_is_unreadable(typed: str) -> None:
    """Whatever leaves a word over is not half understood."""
    with pytest.raises(NotAMoment) as refused:
        parse_moment(typed, NOW, JAKARTA)
    assert refused.value.reason == "unreadable"


@given(st.datetimes(min_value=datetime(2026, 11, 23, 4), max_value=datetime(2030, 12, 31)))  # noqa: DTZ001 - wall clock
def test_a_written_moment_is_read_back(wall: datetime) -> None:
    """Any moment ahead, written in each of three forms, is read back to the minute."""
    wall = wall.replace(second=0, microsecond=0)
    meant = wall.replace(tzinfo=JAKARTA)
    for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H.%M", "%d-%m-%Y jam %H.%M"):
        assert parse_moment(wall.strftime(form), NOW, JAKARTA) == meant


@given(
    st.datetimes(min_value=datetime(2026, 11, 23, 4), max_value=datetime(2030, 12, 31)),  # noqa: DTZ001 - wall clock
    st.sampled_from(LOCALES),
    st.sampled_from(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")),
)
def test_what_the_bot_writes_is_read_back(wall: datetime, locale: Locale, zone: str) -> None:
    """A moment as the bot shows it, typed in again, is that moment, in both languages and all three zones."""
    meant = wall.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    assert parse_moment(formats.moment(meant, locale, ZoneInfo(zone)), NOW, JAKARTA) == meant


@given(
    st.sampled_from(("besok", "lusa", "jumat", "minggu", "28/11", "25 des", "akhir bulan", "tomorrow")),
    st.integers(0, 23),
    st.integers(0, 59),
)
def test_an_hour_with_minutes_is_never_doubtful(day: str, hour: int, minute: int) -> None:
    """An hour written in full is of the 24-hour clock, whatever day stands before it."""
    with suppress(NotAMoment):
        found = parse_moment(f"{day} {hour:02}:{minute:02}", NOW, JAKARTA).astimezone(JAKARTA)
        assert (found.hour, found.minute) == (hour, minute)


@given(st.text(max_size=100))
def test_any_text_is_a_moment_ahead_or_refused(text: str) -> None:
    """No text, however odd, gives a moment in the past or another error."""
    with suppress(NotAMoment):
        assert parse_moment(text, NOW, JAKARTA, default_hour=9) >= NOW


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("6 jam", timedelta(hours=6)),
        ("24jam", timedelta(hours=24)),
        ("2 hari", timedelta(days=2)),
        ("dua hari", timedelta(days=2)),
        ("90 menit", timedelta(minutes=90)),
        ("1 day", timedelta(days=1)),
        ("1,5 jam", timedelta(minutes=90)),
        ("1 hari 12 jam", timedelta(hours=36)),
        ("setengah jam", timedelta(minutes=30)),
        ("half an hour", timedelta(minutes=30)),
        ("sehari", timedelta(days=1)),
        ("sejam", timedelta(hours=1)),
        ("1 minggu", timedelta(days=7)),
        ("٦ jam", timedelta(hours=6)),
    ],
)
def test_a_length_of_time_is_read(typed: str, length: timedelta) -> None:
    """Holds are typed as lengths in minutes, hours, days or weeks."""
    assert parse_duration(typed) == length


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("6", "unreadable"),
        ("", "unreadable"),
        ("jam", "unreadable"),
        ("jam 6", "unreadable"),
        ("-2 jam", "unreadable"),
        ("2 jam 3 hari", "unreadable"),
        ("1e9 jam", "unreadable"),
        ("banyak jam", "unreadable"),
        ("x" * 5000, "unreadable"),
        ("0 jam", "too_short"),
        ("999999 minggu", "too_long"),
        ("91 hari", "too_long"),
    ],
)
def test_what_is_no_length_of_time_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """A number without a unit is asked about, nothing and for ever are refused."""
    with pytest.raises(NotADuration) as refused:
        parse_duration(typed)
    assert refused.value.reason == reason
