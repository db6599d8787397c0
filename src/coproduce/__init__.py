"""The platform and the arithmetic for networks that co-produce public services."""

__version__ = "0.1.0"
