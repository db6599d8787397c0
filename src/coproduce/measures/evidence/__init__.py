"""What changed between two waves? The only face of this room that calls the arithmetic."""

from coproduce.measures.evidence.recording import count_anew, put_out, told_of
from coproduce.measures.evidence.subjects import pool_everything
from coproduce.measures.models import Moment

COMPARED = (Moment.AFTER, Moment.LATER)  # with what was before

__all__ = ["COMPARED", "count_anew", "pool_everything", "put_out", "told_of"]
