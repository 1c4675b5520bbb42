"""What tells numbers apart: the columns that two numbers share when they stand on one line of a timeline."""

KIND = ["metric", "unit", "basis"]
"""Numbers of different kinds never meet."""

LINE = ["group", "region", "region_code", "region_level", "source"]
KEYS = [*KIND, *LINE, "bin"]
