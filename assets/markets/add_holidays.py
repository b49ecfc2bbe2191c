#!/usr/bin/env python3
"""Write a market's public holidays into its profile.

    python3 -m venv .venv && .venv/bin/pip install holidays==0.109
    .venv/bin/python assets/markets/add_holidays.py 2026 2027          every market below
    .venv/bin/python assets/markets/add_holidays.py 2026 2027 lk in    these

Everything after the line `# Holidays` of a file is replaced. A year that the package does not know yet ends the list: past
`holidays_until` every day is a holiday, so nothing locks. Days counted by a moon calendar get `moves = true`, and the days
around them close too. The package is no gazette: compare its list with the one the government prints.
"""

import datetime
import pathlib
import sys

import holidays
from holidays import groups

MARK = "# Holidays"
# Country, and the parts of it whose holidays count: all of them where nobody can tell in which one an owner lives.
MARKETS = {
    **{c.lower(): (c, []) for c in (
        "LK IN BD PK ID PH TH VN MY KH MM KE TZ NG GH ZA ET EG AE MX CO BR IT DE FR US".split())},
    "uk": ("GB", ["ENG", "NIR", "SCT", "WLS"]),
    "us-nj": ("US", []), "us-ca": ("US", []), "us-nv": ("US", []),
}
MOONS = ("buddhist", "burmese", "chinese", "hindu", "islamic", "sinhala", "thai")
MOON_NAMES = (
    "eid", "idd", "ashura", "hijri", "islamic", "prophet", "ramadan", "mawlid", "isra", "diwali", "deepavali", "navami", "shiva",
    "siva", "janmashtami", "nanak", "thaipusam", "nyepi", "poya", "vesak", "buddha", "full moon", "lunar", "chinese", "estimated")


def moon_days(country):
    """The class of a country, changed so that it notes which days came from a moon calendar."""
    found = set()
    cls = type(holidays.country_holidays(country))
    noted = {}
    for name in dir(cls):
        owner = next((c for c in cls.__mro__ if name in vars(c)), None)
        moon = owner and owner.__module__.split(".")[-1] in MOONS and owner.__module__.startswith(groups.__name__)
        if moon and name.startswith("_add_") and callable(getattr(cls, name)):
            noted[name] = noting(getattr(cls, name), found)
    return type(cls.__name__, (cls,), noted), found


def noting(method, found):
    def call(self, *args, **kwargs):
        before = set(self.keys())
        given = method(self, *args, **kwargs)
        found.update(set(self.keys()) - before)
        found.update(given if isinstance(given, (set, list, tuple)) else [given] if given else [])
        return given
    return call


def days(market, years):
    country, parts = MARKETS[market]
    cls, found = moon_days(country)
    rows = {}
    until = None
    for year in years:
        of_year = {}
        for part in parts or [None]:
            english = "en_US" if "en_US" in cls.supported_languages else None
            for day, name in cls(years=year, subdiv=part, language=english).items():
                of_year.setdefault(day, []).extend(n for n in name.split("; ") if n not in of_year.get(day, []))
        if not of_year:
            break
        rows.update(of_year)
        until = datetime.date(year, 12, 31)
    moon = found | {d for d, names in rows.items() if any(m in n.lower() for m in MOON_NAMES for n in names)}
    return rows, moon, until


def write(folder, market, years):
    path = folder / f"{market}.toml"
    head = path.read_text(encoding="utf-8").split(f"\n{MARK}")[0].rstrip("\n")
    rows, moon, until = days(market, years)
    lines = [line for line in head.split("\n") if not line.startswith("holidays_until = ")]
    lines.insert(lines.index("[hours]") + 1, f"holidays_until = {until}")
    out = ["\n".join(lines), "", f"{MARK}, by add_holidays.py: the days of the whole country, not of its parts."
           if market != "uk" else f"{MARK}, by add_holidays.py: the days of every part of the country."]
    for day in sorted(rows):
        if day > until:
            continue
        name = "; ".join(rows[day]).replace("\\", "\\\\").replace('"', '\\"')
        out += ["[[holiday]]", f"date = {day}", f'name = "{name}"'] + ["moves = true"] * (day in moon)
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
    print(f"{market}: {len(rows)} days, {len(moon & set(rows))} by the moon, until {until}")


def main():
    years = [int(a) for a in sys.argv[1:] if a.isdigit()]
    if not years:
        sys.exit(__doc__)
    for market in [a for a in sys.argv[1:] if not a.isdigit()] or MARKETS:
        write(pathlib.Path(__file__).parent, market, years)


if __name__ == "__main__":
    main()
