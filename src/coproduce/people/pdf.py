"""Pages as PDF; the way it is done is the same in every room."""

from coproduce.people.pdf import pdf_from

__all__ = ["pdf_from"]
