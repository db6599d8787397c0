"""The pages of gatherings: for everybody, for hosts, for whoever comes, on the day, afterwards."""
