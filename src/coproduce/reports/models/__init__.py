"""What is told of a gathering afterwards, and what is to be done before it is over for us too."""

from coproduce.reports.models.afterwards import Line, ThankYou, Tick
from coproduce.reports.models.reporting import Report, Version

__all__ = ["Line", "Report", "ThankYou", "Tick", "Version"]
