"""How many files of reports may one address ask for? A hall may; a flood may not."""

from coproduce.people.limits import Limit

# Each file is made anew, a second's work; a hall behind one address fetches it in one burst.
FILES_BY_ADDRESS = Limit("files of reports by address", most=300, seconds=600)
