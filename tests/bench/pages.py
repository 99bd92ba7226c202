# SPDX-License-Identifier: Apache-2.0
"""Scenarios of large pages, the same bytes for the program and its peers."""
import random

# Twelve columns: integers, decimals, a time stamp, texts, a truth value, a null, an object.
WIDE = ('{{"id":1000{row:06},"account":{account},"amount":{cents}.{rest:02},"rate":0.{rate:06},"created_at":"2024-03-{day:02}T{hour:02}:{row60:02}:00Z",'
        '"name":"customer {row} of many","email":"user{row}@example.com","status":"{status}","active":{active},"note":null,'
        '"address":{{"city":"Düsseldorf","zip":"{row:05}"}},"ref":"{ref:032x}"}}')
NARROW = '{{"id":1000{row:06},"account":{account},"status":"{status}"}}'
SHAPES = {"wide": WIDE, "narrow": NARROW}


def row_text(row, shape="wide", version=0):
    """A row whose id begins with 1000; another `version` has the same key and other values."""
    return SHAPES[shape].format(row=row, account=(row * 7919 + version) % 1_000_000_007, cents=row % 10_000, rest=row % 100,
                                rate=row * 31 % 1_000_000, day=1 + row % 28, hour=row % 24, row60=row % 60,
                                status="open" if row % 3 else "paid", active="true" if row % 2 else "false",
                                ref=row * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)


def page_rows(size, shape="wide", version=0):
    """Rows of one page of about `size` bytes, as JSON texts."""
    rows, total = [], 0
    while total < size:
        rows.append(row_text(len(rows), shape, version))
        total += len(rows[-1].encode()) + 1
    return rows


def response(page, rows, more):
    return ('{"state":{"page":%d},"insert":{"orders":[%s]},"delete":{},"schema":{"orders":{"primary_key":["id"]}},"hasMore":%s}'
            % (page, rows, "true" if more else "false")).encode()


def write_pages(folder, pages, size, shape="wide", version=0, shuffled=False):
    """Writes a scenario of that many pages, each with keys of its own; returns its bytes. `shuffled`: the same rows in random
    order over all of the pages, as few as memory takes."""
    folder.mkdir()
    base = page_rows(size, shape, version)
    joined, total, everything = ",".join(base), 0, []
    if shuffled:
        everything = [row.replace('{"id":1000', '{"id":1%03d' % page) for page in range(pages) for row in base]
        random.Random(7).shuffle(everything)
    for page in range(pages):
        if shuffled:
            rows = ",".join(everything[page * len(base):(page + 1) * len(base)])
        else:
            rows = joined.replace('{"id":1000', '{"id":1%03d' % page)
        body = response(page + 1, rows, page + 1 < pages)
        (folder / f"{page:04}.json").write_bytes(body)
        total += len(body)
    return total


def rows_a_page(size, shape="wide"):
    return len(page_rows(size, shape))
