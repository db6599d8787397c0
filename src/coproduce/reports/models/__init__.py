"""What is told of a gathering afterwards."""

from coproduce.reports.models.reporting import Report, Version

__all__ = ["Report", "Version"]
