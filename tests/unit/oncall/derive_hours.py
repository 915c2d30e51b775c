#!/usr/bin/env python3
# Checks the escalation cases that wait for hours, by another way than the program: a look at the clock minute by minute.
#
# Nothing is taken from the program. A window opens at the first instant of its day at or after 'from', and closes after the
# last instant before 'to'. Cases whose policy has one step that waits for hours are worked out; those that differ are printed.
# Usage: derive_hours.py escalation_cases.txt
import re
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import yaml

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MINUTE = timedelta(minutes=1)
LONGEST = timedelta(days=14)


def minutes_of(text):
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def days_of(text):
    first, _, last = text.partition("-")
    return set(range(DAYS.index(first), DAYS.index(last or first) + 1))


def spans(hours, begin, end):
    """All stretches that are open, as pairs of UTC minutes, by a walk over every minute."""
    zone = ZoneInfo(hours["zone"])
    holidays = set(map(str, hours.get("holidays", [])))
    by_day = {}
    at = begin
    while at < end:
        local = at.astimezone(zone)
        by_day.setdefault(local.date(), []).append((at, local.hour * 60 + local.minute))
        at += MINUTE
    found = []
    for day, clock in by_day.items():
        if str(day) in holidays:
            continue
        for window in hours["windows"]:
            if day.weekday() not in days_of(window["days"]):
                continue
            opens, closes = minutes_of(window["from"]), minutes_of(window["to"])
            started = [t for t, m in clock if m >= opens]
            ending = clock if closes > opens else by_day.get(day + timedelta(days=1), [])
            before = [t for t, m in ending if m < closes]
            if started and before:
                found.append((min(started), max(before) + MINUTE))
    return found


def first_page(policy, start):
    step = policy["steps"][0]
    delay = re.fullmatch(r"(\d+)([sm])", step["delay"])
    at = start + timedelta(**{"s": {"seconds": int(delay[1])}, "m": {"minutes": int(delay[1])}}[delay[2]])
    open_spans = spans(policy["hours"], (start - timedelta(days=2)).replace(second=0), start + LONGEST)
    end = at + LONGEST - timedelta(days=3)
    while at < end:
        inside = any(a <= at < b for a, b in open_spans)
        if inside == (step["waitUntil"] == "inside"):
            return at
        at = at.replace(second=0) + MINUTE
    return None


def instant(text, start):
    if text.startswith("+"):
        number = int(text[1:-1])
        return start + (timedelta(seconds=number) if text[-1] == "s" else timedelta(minutes=number))
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    policies = {name: yaml.safe_load(body) for name, body in re.findall(r"^policy (\S+)\n(.*?)^end$", text, re.M | re.S)}
    checked = wrong = 0
    for block in re.split(r"^case ", text, flags=re.M)[1:]:
        lines = block.splitlines()
        title, name, begin, _ = (part.strip() for part in lines[0].split("|"))
        policy = policies[name]
        plain = "hours" in policy and len(policy["steps"]) == 1 and "waitUntil" in policy["steps"][0]
        if not plain or policy["hours"].get("byPerson"):
            continue
        start = datetime.fromisoformat(begin.replace("Z", "+00:00")).astimezone(timezone.utc)
        pages = [line.split()[1] for line in lines[1:] if re.match(r"\s+> \S+ paged ", line)]
        expected = instant(pages[0], start) if pages else None
        actual = first_page(policy, start)
        checked += 1
        if expected != actual:
            wrong += 1
            print(f"{title}: expected {expected}, worked out {actual}")
    print(f"{checked} cases checked, {wrong} differ")
    sys.exit(1 if wrong or not checked else 0)


main()
