"""How often may somebody try the doors of a conversation before we ask them to wait?"""

from coproduce.people.limits import Limit, address_of

__all__ = [
    "STATEMENTS",
    "STATEMENTS_BY_ADDRESS",
    "WRONG_CODES",
    "WRONG_CODES_BY_ADDRESS",
    "Limit",
    "address_of",
]

STATEMENTS = Limit("statements", most=10, seconds=3600)
STATEMENTS_BY_ADDRESS = Limit("statements by address", most=2_000, seconds=3600)
WRONG_CODES = Limit("wrong codes", most=10, seconds=600)
# 27^6 codes and at most 2,000 slips: a thousand guesses find one in about two hundred hours.
WRONG_CODES_BY_ADDRESS = Limit("wrong codes by address", most=1_000, seconds=3600)
