"""Reports of a part of a year: the interim report and the month's sheet."""
