"""How many seconds the official Python receiver needs for one verification of the delivery on standard input."""

import json
import sys
import time

from qstash import Receiver

given = json.load(sys.stdin)
receiver = Receiver(given["current"], given["next"])
delivery = {name: given[name] for name in ("signature", "body", "url")}
for _ in range(given["calls"]):
    receiver.verify(**delivery)
start = time.perf_counter()
for _ in range(given["calls"]):
    receiver.verify(**delivery)
print((time.perf_counter() - start) / given["calls"])
