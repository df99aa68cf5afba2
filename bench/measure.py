"""Runs a command and prints, as the last line of standard error, its seconds, CPU seconds and peak memory in MB as JSON.
Usage: python3 measure.py <command> [argument ...]"""
import json
import resource
import subprocess
import sys
import time

started = time.perf_counter()
code = subprocess.run(sys.argv[1:]).returncode
seconds = time.perf_counter() - started
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
facts = {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024, "code": code}
print(json.dumps(facts), file=sys.stderr)
