"""Reads a calendar from standard input as a calendar's client does and tells each entry as one line of JSON."""

import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
print(json.dumps({"name": str(calendar["X-WR-CALNAME"]), "errors": [str(error) for error in calendar.errors]}))
for event in calendar.walk("VEVENT"):
    begin = event.decoded("dtstart")
    told = {
        "uid": str(event["uid"]),
        "summary": str(event["summary"]),
        "description": str(event["description"]),
        "begin": begin.isoformat(),
        "sequence": int(event["sequence"]),
        "url": str(event.get("url", "")),
        "errors": [str(error) for error in event.errors],
    }
    print(json.dumps(told))
