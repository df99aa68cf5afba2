"""The careful script: asyncio, 16 requests under way, one session.
Usage: python3 asyncio_aiohttp.py <feed> <address>"""
import asyncio
import csv
import sys

import aiohttp

CONCURRENCY = 16


def batches(path):
    batch = []
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        for sku, _name, *images in rows:
            assets = {f"Image URL {rank}": url for rank, url in enumerate(images, 1) if url}
            batch.append({"parent_code": sku, "asset_type": "image", "assets": assets})
            if len(batch) == 100:
                yield batch
                batch = []
    if batch:
        yield batch


async def worker(source, session, url):
    for items in source:
        async with session.post(url, json=items) as response:
            response.raise_for_status()
            await response.read()


async def main(path, address):
    source = batches(path)
    connector = aiohttp.TCPConnector(limit=CONCURRENCY)
    async with aiohttp.ClientSession(connector=connector, headers={"Authorization": "Bearer t"}) as session:
        url = f"{address}/assets?store_uuid=s&channel=SMP"
        await asyncio.gather(*(worker(source, session, url) for _ in range(CONCURRENCY)))


asyncio.run(main(sys.argv[1], sys.argv[2]))
