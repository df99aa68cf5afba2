"""Nothing but reading: the bare loop over csv.reader.
Usage: python3 reader.py <feed>"""
import csv
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for _row in csv.reader(file):
        pass
