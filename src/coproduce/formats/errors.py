"""What is wrong with a file, where, and what to do about it."""


class BadFile(Exception):
    """A file that cannot be read as what it should be: nothing of it was taken in.

    `row` as a spreadsheet counts it, the header being row 1; `field` is the column's name.
    `message` is one sentence or two: what was found, and what to do.
    """

    def __init__(self, file: str, row: int | None, field: str | None, message: str) -> None:
        super().__init__(file, row, field, message)
        self.file, self.row, self.field, self.message = file, row, field, message

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        field = "" if self.field is None else f", {self.field}"
        return f"{self.file}{row}{field}: {self.message}"
