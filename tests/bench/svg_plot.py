# SPDX-License-Identifier: Apache-2.0
"""A small writer of log-log plots as SVG."""
import html
import math

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 240, 56, 34, 44
COLOURS = ("#1f6feb", "#8250df", "#d1570c")


def ticks(low, high):
    return range(math.floor(low + 1e-9), math.ceil(high - 1e-9) + 1)


def number(power):
    return {0: "1", 1: "10", 2: "100", -1: "0.1", -2: "0.01"}.get(power) or f"10{''.join('⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.index(c)] for c in str(power))}"


def panel(unit_x, lines, left, top):
    """One plot: `lines` are (name, [(x, y)…])."""
    points = [(math.log10(x), math.log10(max(y, 1e-3))) for _, line in lines for x, y in line]
    x_ticks, y_ticks = ticks(min(x for x, _ in points), max(x for x, _ in points)), ticks(min(y for _, y in points), max(y for _, y in points))
    low_x, low_y = min(x_ticks), min(y_ticks)
    scale_x = (WIDTH - LEFT - 16) / max(max(x_ticks) - low_x, 1)
    scale_y = (HEIGHT - TOP - BOTTOM) / max(max(y_ticks) - low_y, 1)

    def place(x, y):
        return left + LEFT + (x - low_x) * scale_x, top + HEIGHT - BOTTOM - (y - low_y) * scale_y

    out = [f'<text x="{left + LEFT}" y="{top + 16}" font-weight="bold">{html.escape(f"against {unit_x}")}</text>']
    for tick in x_ticks:
        x, y = place(tick, low_y)
        out.append(f'<path d="M{x:.1f} {y:.1f}V{top + TOP}" class="grid"/><text x="{x:.1f}" y="{y + 15:.1f}" text-anchor="middle">{number(tick)}</text>')
    for tick in y_ticks:
        x, y = place(low_x, tick)
        out.append(f'<path d="M{x:.1f} {y:.1f}H{left + WIDTH - 16}" class="grid"/><text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{number(tick)}</text>')
    for index, (name, line) in enumerate(lines):
        colour = COLOURS[index % len(COLOURS)]
        places = [place(math.log10(x), math.log10(max(y, 1e-3))) for x, y in line]
        out.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
        out.append(f'<text x="{left + LEFT + index * 95}" y="{top + HEIGHT - 12}" fill="{colour}">{html.escape(name)}</text>')
    return "\n".join(out)


def document(panels, columns=2):
    """`panels` are (unit of x, lines)."""
    rows = -(-len(panels) // columns)
    body = "\n".join(panel(*one, (index % columns) * WIDTH, (index // columns) * HEIGHT) for index, one in enumerate(panels))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * WIDTH} {rows * HEIGHT}" width="{columns * WIDTH}" height="{rows * HEIGHT}" '
            'font-family="sans-serif" font-size="12" fill="#24292f">\n<style>.grid{stroke:#d0d7de;stroke-width:1}</style>\n'
            f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n')
