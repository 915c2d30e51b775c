#!/usr/bin/env python3
# Works out who is on duty in rotas.yaml, for cases.txt, by another way than the program: Python's zoneinfo, and scans of the clock.
#
# Nothing is taken from the program. A wall time is placed by looking at what the clock shows minute by minute:
#   begins(w)  the first minute at which the clock shows w or later (so what is skipped begins after the gap, what comes
#              twice begins the first time);
#   ends(w)    the minute after the last one at which the clock shows less than w (so what comes twice ends the last time).
# Usage: derive.py ROTAS.yaml < QUESTIONS   where a question is "ROTA ROLE INSTANT [; remark]".
import sys
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import yaml

MINUTE = timedelta(minutes=1)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def shows(zone, t):
    return t.astimezone(zone).replace(tzinfo=None, fold=0)


placed = {}


def offset(zone, t):
    return t.astimezone(zone).utcoffset()


def scan(zone, wall):
    """First minute showing >= wall, and the minute after the last one showing < wall."""
    key = (zone.key, wall)
    if key not in placed:
        middle = wall.replace(tzinfo=timezone.utc)
        early, late = middle - timedelta(hours=20), middle + timedelta(hours=20)
        if offset(zone, early) == offset(zone, late):  # no change of the clocks near: one minute shows it
            placed[key] = (middle - offset(zone, early),) * 2
            return placed[key]
        first = last = None
        t = early
        while t < late:
            if shows(zone, t) >= wall:
                first = first or t
            else:
                last = t
            t += MINUTE
        placed[key] = (first, last + MINUTE)
    return placed[key]


def begins(zone, wall):
    return scan(zone, wall)[0]


def ends(zone, wall):
    return scan(zone, wall)[1]


def when(value):
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def hhmm(text):
    if isinstance(text, int):  # YAML 1.1 reads 09:00 without quotes by sixties
        return timedelta(minutes=text)
    h, m = text.split(":")
    return timedelta(hours=int(h), minutes=int(m))


def add(wall, lengths):
    months = sum(n for n, unit in lengths if unit == "M")
    y, m = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    wall = wall.replace(year=y, month=m + 1, day=min(wall.day, monthrange(y, m + 1)[1]))
    for n, unit in lengths:
        wall += {"h": timedelta(hours=n), "d": timedelta(days=n), "w": timedelta(weeks=n), "M": timedelta(0)}[unit]
    return wall


def weekdays(text):
    chosen = set()
    for part in text.split(","):
        ends_ = part.split("-")
        d = DAYS.index(ends_[0])
        chosen.add(d)
        while d != DAYS.index(ends_[-1]):
            d = (d + 1) % 7
            chosen.add(d)
    return chosen


def windows_about(version, lo, hi):
    """Wall spans of the restrictions whose days lie from lo to hi."""
    day = lo.date() - timedelta(days=1)
    while day <= hi.date():
        for w in version["restrictions"]:
            if day.weekday() in weekdays(w.get("days", "mon-sun")):
                f, t = hhmm(w.get("from", "00:00")), hhmm(w.get("to", "24:00"))
                if t <= f:
                    t += timedelta(days=1)
                at = datetime.combine(day, time())
                yield at + f, at + t
        day += timedelta(days=1)


def has_time(version, a, b):
    return not version.get("restrictions") or any(f < b and t > a for f, t in windows_about(version, a, b))


def versions_of(entries):
    """Complete versions: what is not said is as before; `anew` where the first participant begins."""
    made = []
    for entry in entries:
        v = dict(made[-1]) if made else {}
        v.update(entry)
        v["start"] = when(v["start"])
        v["from"] = when(entry["effectiveFrom"]) if "effectiveFrom" in entry else v["start"]
        v["anew"] = not made or v["start"] != made[-1]["start"] or v["participants"] != made[-1]["participants"]
        made.append(v)
    return made


def handoff(v, k):
    """Wall time at which turn k begins."""
    turns = [(int(x[:-1]), x[-1]) for x in v.get("handovers", [v.get("turn")])]
    first = v["start"]
    if "handoffTime" in v:
        day = first.date()
        while True:
            at = datetime.combine(day, time()) + hhmm(v["handoffTime"])
            if at >= first and day.weekday() in weekdays(v.get("handoffDay", "mon-sun")):
                break
            day += timedelta(days=1)
        if at > first:
            if k == 0:
                return first
            k -= 1
        first = at
    count = len(turns)
    return add(first, [(n * ((k + count - 1 - i) // count), unit) for i, (n, unit) in enumerate(turns)])


def on_by_turn(entries, zone, t):
    vs = versions_of(entries)
    until = [when(e["until"]) for e in entries if "until" in e]
    if until and t >= ends(zone, until[-1]):
        return None
    current = None
    for i, v in enumerate(vs):
        if t >= begins(zone, max(v["from"], v["start"])):
            current = i
    if current is None:
        return None
    v = vs[current]
    origin = current
    while not vs[origin]["anew"]:
        origin -= 1
    # Turn by turn from the start, counting those that count.
    k, number = 0, 0
    consume = any(e.get("skippedTurns") == "consume" for e in entries)
    while begins(zone, handoff(v, k + 1)) <= t:
        a, b = handoff(v, k), handoff(v, k + 1)
        if b > vs[origin]["from"]:
            judge = vs[origin]
            for other in vs[origin + 1:current + 1]:
                if other["from"] <= a:
                    judge = other
            if consume or has_time(judge, a, b):
                number += 1
        k += 1
    if v.get("restrictions"):
        local = shows(zone, t)
        if not any(begins(zone, f) <= t < ends(zone, e) for f, e in windows_about(v, local - timedelta(days=1), local + timedelta(days=1))):
            return None
    return v["participants"][number % len(v["participants"])]


def day_of(zone, first, last):
    return begins(zone, datetime.combine(first, time())), ends(zone, datetime.combine(last + timedelta(days=1), time()))


def away(documents, rota, zone, person, t):
    spans = []
    for name in rota["spec"].get("calendars", []):
        cal = documents["Calendar", name]["spec"]
        for d in cal.get("days", []):
            spans.append(day_of(zone, d["day"], d.get("until", d["day"])))
        cz = ZoneInfo(cal["zone"]) if "zone" in cal else None
        for d in cal.get("times", []):
            spans.append((begins(cz, when(d["from"])), ends(cz, when(d["to"]))))
    who = documents.get(("Person", person))
    if who:
        pz = ZoneInfo(who["spec"]["zone"])
        for d in who["spec"].get("leave", []):
            spans.append(day_of(pz, d["day"], d.get("until", d["day"])))
    return any(a <= t < b for a, b in spans)


def on_duty(documents, rota, role, t):
    zone = ZoneInfo(rota["spec"]["zone"])
    for o in reversed(rota["spec"].get("overrides", [])):
        if o.get("role", "primary") == role and begins(zone, when(o["from"])) <= t < ends(zone, when(o["to"])):
            return o["person"], "override"
    layers = {}
    for entry in rota["spec"]["layers"]:
        layers.setdefault(entry["name"], []).append(entry)
    for entries in reversed(list(layers.values())):
        if entries[0].get("role", "primary") != role:
            continue
        lz = ZoneInfo(entries[0].get("zone", rota["spec"]["zone"]))
        person = on_by_turn(entries, lz, t)
        if person is None:
            continue
        reason = "turn"
        for s in rota["spec"].get("swaps", []):
            there = begins(zone, when(s["from"])) <= t < ends(zone, when(s["to"]))
            back = there
            if "returnFrom" in s:
                back = begins(zone, when(s["returnFrom"])) <= t < ends(zone, when(s["returnTo"]))
            if person == s["person"] and there:
                person, reason = s["with"], "swap"
            elif person == s["with"] and back:
                person, reason = s["person"], "swap"
        if not away(documents, rota, zone, person, t):
            return person, reason
    return "-", "nobody"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        documents = {(d["kind"], d["metadata"]["name"]): d for d in yaml.safe_load_all(file)}
    for line in sys.stdin:
        line = line.rstrip("\n")
        question, _, remark = line.partition(";")
        words = question.split()
        if not words or words[0].startswith("#"):
            print(line)
            continue
        t = datetime.fromisoformat(words[2].replace("Z", "+00:00"))
        person, reason = on_duty(documents, documents["Rota", words[0]], words[1], t)
        print(f"{words[0]:<17}{words[1]:<10}{words[2]:<21}{person:<4}{reason:<9}{';' + remark if remark else ''}".rstrip())


main()
