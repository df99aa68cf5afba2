"""What the vendor's own sample does: one request after the other, 100 products each.
Usage: python3 loop.py <feed> <address>"""
import csv
import sys

import requests


def batches(path):
    batch = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assets = {f"Image URL {rank}": row[f"image_{rank}"] for rank in range(1, 5) if row[f"image_{rank}"]}
            batch.append({"parent_code": row["sku"], "asset_type": "image", "assets": assets})
            if len(batch) == 100:
                yield batch
                batch = []
    if batch:
        yield batch


for items in batches(sys.argv[1]):
    url = f"{sys.argv[2]}/assets?store_uuid=s&channel=SMP"
    requests.post(url, json=items, headers={"Authorization": "Bearer t"}, timeout=30).raise_for_status()
