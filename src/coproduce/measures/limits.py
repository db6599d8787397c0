"""How often may somebody begin a sheet or try a code before we ask them to wait?"""

from django.http import HttpRequest

from coproduce.gatherings.limits import browser_of
from coproduce.people.limits import Limit, address_of

SHEETS = Limit("sheets begun", most=60, seconds=3600)  # a tablet that goes round a hall
SHEETS_BY_ADDRESS = Limit("sheets begun by address", most=4_000, seconds=3600)
FILES_BY_ADDRESS = Limit("files of measures by address", most=300, seconds=600)
WRONG_CODES = Limit("wrong codes of sheets", most=10, seconds=600)
WRONG_CODES_BY_ADDRESS = Limit("wrong codes of sheets by address", most=1_000, seconds=3600)


def may_begin(request: HttpRequest) -> bool:
    return SHEETS.take(browser_of(request)) and SHEETS_BY_ADDRESS.take(address_of(request))


def has_guessed_too_often(request: HttpRequest) -> bool:
    browser = browser_of(request)
    is_one_browser = bool(browser) and WRONG_CODES.is_reached(browser)
    return is_one_browser or WRONG_CODES_BY_ADDRESS.is_reached(address_of(request))


def note_wrong_code(request: HttpRequest) -> None:
    if browser := browser_of(request):
        WRONG_CODES.take(browser)
    WRONG_CODES_BY_ADDRESS.take(address_of(request))
