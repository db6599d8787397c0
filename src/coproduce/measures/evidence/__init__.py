"""What changed between two waves? The only face of this room that calls the arithmetic."""

from coproduce.measures.models import Wave


def put_out(wave: Wave) -> str:
    """Nothing yet."""
    return f"{wave} is closed."


def count_anew(wave: Wave) -> str:
    """Nothing yet."""
    return f"{wave} stands as it is."
